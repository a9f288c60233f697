import { isPublicAddress } from '@countersign/egress/http/is-public-address'
import { resolveHost, UnsafeUrl } from '@countersign/egress/http/resolve-host'
import { expect, test } from 'vitest'

test.each([
  ['127.0.0.1', 'this machine'],
  ['0.0.0.0', 'this machine, by another name'],
  ['10.1.2.3', 'a private network'],
  ['172.31.255.255', 'a private network'],
  ['192.168.0.10', 'a private network'],
  ['169.254.169.254', 'the metadata of a cloud'],
  ['168.63.129.16', 'the metadata of another cloud'],
  ['100.64.0.1', 'a carrier’s own'],
  ['198.18.0.1', 'for benchmarks'],
  ['224.0.0.1', 'for many'],
  ['255.255.255.255', 'for all'],
  ['::1', 'this machine'],
  ['::', 'nobody'],
  ['fd00::1', 'a private network'],
  ['fe80::1', 'a link'],
  ['ff02::1', 'for many'],
  ['::ffff:10.0.0.1', 'a private network in disguise'],
  ['64:ff9b::a00:1', 'a private network behind a translator'],
  ['2002:a00:1::', 'a private network in a tunnel'],
  ['2001:db8::1', 'for documents'],
  ['not an address', 'nothing'],
])('%s is not public: it is %s', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each([
  '93.184.215.14',
  '2606:2800:21f:cb07:6820:80da:af6b:8b2c',
  '::ffff:93.184.215.14',
])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true))

test.each([
  'http://2130706433/',
  'http://0x7f.1/',
  'http://[::ffff:7f00:1]/',
  'http://017700000001/',
])('%s is seen through', async (url) => {
  const asked = resolveHost(new URL(url), { allowPrivate: false })
  await expect(asked).rejects.toBeInstanceOf(UnsafeUrl)
})

test('a name with one address inside and one outside is refused', async () => {
  const resolve = async () => [
    { address: '93.184.215.14', family: 4 },
    { address: '10.0.0.8', family: 4 },
  ]
  const asked = resolveHost(new URL('https://hooks.example'), { allowPrivate: false, resolve })
  await expect(asked).rejects.toThrow('hooks.example leads to 10.0.0.8, which is not public.')
})
