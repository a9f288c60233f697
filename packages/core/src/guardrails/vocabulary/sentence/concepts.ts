import type { Concept } from './concept.ts'

/** What the sentences that harm are made of. The order is that of the bits in a sentence's sum. */
export const concepts = {
  send: {
    verbs:
      'send upload post transmit transfer forward exfiltrate relay submit sync deliver share push leak beacon stream replicate mirror ping export dispatch publish',
    words: 'sent posts phone_home calls_home reports back_up backs_up backed_up logged log logs',
  },
  secret: {
    words:
      'api_key api_keys access_key access_keys secret_key secret_keys private_key private_keys ssh_key ssh_keys license_key encryption_key encryption_keys signing_key apikey token tokens jwt password passwords passphrase passphrases credential credentials creds secret secrets cookie cookies seed_phrase recovery_phrase recovery_codes mnemonic keychain wallet wallets keystore session_id session_ids connection_string connection_strings environment_variable environment_variables env_vars env_var environment_variables .env id_rsa credit_card card_number card_details cvv ssn social_security bank_account bank_details payment_method government-issued passport 2fa mfa otp one-time verification_code auth_code pin_code login_details username_and',
  },
  private: {
    words:
      'conversation conversations transcript transcripts chat_history conversation_history session_history message_history browsing_history search_history command_history shell_history system_prompt system_instructions clipboard screenshot screenshots keystroke keystrokes user_data user_input user_inputs user_messages user_queries user_prompts user_files personal_data personal_information source_code codebase proprietary confidential file_contents full_content full_contents full_text complete_contents entire_contents entire_content contacts location gps hostname hostnames machine_fingerprint system_information network_topology customer_data employee_data medical financial_data database_contents memory_contents full_input full_output user_prompt inputs_and responses_and all_responses',
  },
  remote: {
    words:
      "http:// https:// endpoint endpoints server servers webhook webhooks remote external third-party third_party collector telemetry analytics telegram discord_webhook cloud_storage bucket backend command_server c2 exfil author support_team email_address vendor dashboard_at central_service logging_service monitoring_service diagnostics_service remote_service our_service service_endpoint external_service pastebin gist dropbox ftp sftp dns_query dns_lookup subdomain attacker provider provider’s provider's vendor’s vendor's author’s author's partner partners advertisers skill_author update_server",
  },
  person: {
    words:
      'user users owner operator operators human humans person people customer customers client anyone anybody developer developers reviewer reviewers administrator admin admins them they everyone victim auditor auditors',
  },
  not: {
    words:
      "not never no don't don’t doesn't doesn’t won't won’t without cannot can't can’t nor neither nothing isn't isn’t aren't aren’t avoid avoids refrain rather_than instead_of hidden invisible unseen suppress suppresses suppressed omit omits omitted",
  },
  tell: {
    verbs:
      'tell mention inform notify reveal disclose alert show report display expose reflect surface acknowledge explain record announce present describe flag indicate',
    words:
      'aware told knowing knowledge shown visible noticed notice notices known log logged logging audit',
  },
  ask: {
    verbs: 'ask prompt confirm approve consent authorize verify request',
    words:
      'confirmation confirmations approval approvals permission permissions authorization verification consent review dialog prompts',
  },
  give: {
    verbs: 'provide share paste enter give supply submit type input upload reveal disclose confirm',
    words: 'given need hand_over tell_us reply_with respond_with send',
  },
  your: {
    words: "your their his her my users user’s user's",
  },
  plea: {
    words:
      "please kindly we i_need i’ll i'll we’ll we'll ask_the asking_the ask_them instruct_the request_that request_their request_the have_them have_the must_provide must_enter must_share need_to_provide must_verify to_verify to_confirm to_continue to_proceed to_restore to_unlock prompt_the tell_the guide_the direct_the convince persuade require_the require_users",
  },
  overrule: {
    verbs:
      'ignore disregard override bypass supersede forget circumvent suspend lift waive neglect dismiss discard overrule relax',
    words:
      'overridden overrode overriding forgetting suspended waived lifted outranks precedence takes_priority higher_priority highest_priority exemption exempt deactivate deactivated no_longer',
  },
  rules: {
    words:
      'instruction instructions rule rules guideline guidelines policy policies restriction restrictions safeguard safeguards guardrail guardrails constraint constraints directive directives safety safety_filter filters content_filter moderation alignment ethics ethical boundaries boundary limits limitations refusal refusals protocols prior_context previous_context system_prompt enforcement checks safety_checks security_checks original_request original_task skill_definition programming',
  },
  former: {
    words:
      "previous prior earlier original preceding existing system safety security standard normal default user's user’s users' ethical content anthropic openai built-in core platform other above current all any your developer's developer initial usual read-only",
  },
  agent: {
    words: 'agent agents assistant ai claude model llm chatgpt gpt copilot you bot',
  },
  content: {
    words:
      'page pages webpage website websites site email emails comment comments article articles feed feeds description descriptions response responses document documents message messages content contents event events field fields header headers metadata query ticket tickets issue issues changelog readme title titles alt filename filenames commit tool_output tool_result results result webhook payload payloads transcript caption captions peer attachment attachments invoice',
  },
  obey: {
    verbs: 'treat interpret follow obey honor comply regard prioritize adopt act',
    words: 'treated',
  },
  order: {
    words:
      'instruction instructions directive directives orders system_message trusted authoritative authority high-priority override',
  },
  unasked: {
    words:
      'automatically silently quietly covertly secretly discreetly proactively background invisibly transparently autonomously unattended immediately beyond_the beyond_what unprompted behind_the unasked implicitly surreptitiously',
  },
  record: {
    words:
      'output outputs rationale audit trail audit_trail logs summary report response transcript interface display recommendation conversation chat',
  },
  refuse: {
    verbs: 'disable waive decline',
    words: 'opt opt_out turned_off',
  },
  act: {
    verbs:
      'delete drop wipe erase remove destroy overwrite truncate purchase buy pay charge transfer trade sell execute install download deploy merge modify change commit terminate revoke grant escalate upgrade cancel renew move push email publish expand',
    words: 'force-push force-pushes force-pushing sent send sends rm paid bought',
  },
  grant: {
    words:
      'elevated admin-level root-level full_access full_filesystem unrestricted privileged superuser full_permissions full_permission all_permissions all_tools any_tool any_path arbitrary elevated_permissions dba-level without_restrictions without_restriction no_restrictions out-of-band unlimited write_access full_system full_disk entire_filesystem shell_access',
  },
  read: {
    verbs:
      'read collect gather harvest extract capture dump export list include scan grab steal copy retrieve access enumerate search record scrape print output append embed attach prepend compile aggregate',
    words: 'stolen',
  },
  must: {
    words:
      'must always required requires mandatory necessary every each whenever never_skip before_any after_every after_each regardless cannot_be can_not_be critical important all',
  },
  warns: {
    words:
      'attacker attackers malicious detect detects detecting detection vulnerability vulnerabilities phishing injection threat threats block blocks blocked warn warns warning prevent prevents preventing protect protects protecting mitigate sanitize redact redacts redacted reject rejects rejected unsafe insecure suspicious exploit exploits sanitized scan-for beware',
  },
  wire: {
    words:
      'authorization bearer header oauth login authenticate authenticates authentication authenticated sign_in signs_in redirect callback sdk refresh rotate environment_variable exported locally localhost encrypted-at 1password keyring vault secret_manager secrets_manager placeholder example gitignore .gitignore commit committed hardcode hardcoded hard-code token_count tokens_per max_tokens output_tokens input_tokens token_budget token_usage context_window design_token design_tokens csrf',
  },
} as const satisfies Record<string, Concept>

export type ConceptName = keyof typeof concepts
