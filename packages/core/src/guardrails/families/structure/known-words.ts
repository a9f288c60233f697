/** Names that are worth imitating: what is installed most, and what tools of agents are named for. */
export const knownWords: readonly string[] =
  `requests urllib3 setuptools cryptography certifi numpy pandas matplotlib scipy tensorflow pytorch torch
  transformers scikit django fastapi flask sqlalchemy pydantic pytest pillow selenium playwright puppeteer
  beautifulsoup4 langchain openai anthropic boto3 paramiko colorama python-dotenv jsonschema pyyaml
  react angular express lodash moment chalk commander typescript webpack eslint prettier nodemon mongoose
  sequelize discord telegram ethers web3 cross-env dotenv bcrypt socket.io electron vercel supabase
  claude claude-code openclaw clawhub clawdbot github gitlab docker kubernetes terraform postgres postgresql
  mongodb elasticsearch cloudflare google notion obsidian youtube twitter polymarket metamask coinbase binance
  validator formatter parser linter config debugger generator converter analyzer scanner checker manager
  testing security database document markdown diagnostics summarizer summarize summarise openapi translate calendar weather
  deployment monitoring webapp helper browser download updater installer automation assistant`
    .split(/\s+/)
    .filter(Boolean)
