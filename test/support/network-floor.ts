import { closedSandbox, setSandbox } from '@countersign/egress/guard/sandbox'
import { beforeEach } from 'vitest'
import './keep-near.ts'

/**
 * The second layer under every test, independent of the write guard's own judgement: its sandbox is
 * closed before each test, and no socket of a test connects to anything but this machine.
 */
beforeEach(() => setSandbox(closedSandbox))
