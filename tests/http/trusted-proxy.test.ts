import { describe, expect, it } from 'vitest';
import { remoteAddress } from '../../src/http/listen.ts';
import { forwardedAddress, wasForwardedFromTls } from '../../src/http/trusted-proxy.ts';
import { openTestService } from '../helpers/grading-service.ts';
import { listenForTest } from '../helpers/http-app.ts';

const trusting = { addressOf: forwardedAddress, isSecure: wasForwardedFromTls };
const forwardedFor = (addresses: string) => ({ headers: { 'x-forwarded-for': addresses } });

describe('behind a proxy that is trusted', () => {
  it('clients are told apart by the address that the proxy saw, not by what they claim', async () => {
    await using server = await listenForTest(openTestService().service, {
      ...trusting,
      requestsPerMinute: 1,
    });
    const statusFor = async (addresses: string) =>
      (await fetch(`${server.url}/v1/rubrics`, forwardedFor(addresses))).status;
    expect(await statusFor('198.51.100.1')).toBe(200);
    expect(await statusFor('203.0.113.9, 198.51.100.1')).toBe(429);
    expect(await statusFor('198.51.100.1, 198.51.100.2')).toBe(200);
    expect((await fetch(`${server.url}/v1/rubrics`)).status).toBe(200);
    expect((await fetch(`${server.url}/v1/rubrics`)).status).toBe(429);
  });

  it('the session is kept to TLS where the browser came by it', async () => {
    const token = 'a-long-enough-token';
    await using server = await listenForTest(openTestService().service, { ...trusting, token });
    const cookieBy = async (proto: string) => {
      const body = new URLSearchParams({ token });
      const headers = { 'x-forwarded-proto': proto };
      const reply = await fetch(`${server.url}/login`, { method: 'POST', body, headers, redirect: 'manual' });
      return reply.headers.get('set-cookie');
    };
    expect(await cookieBy('https')).toContain('Secure');
    expect(await cookieBy('http')).not.toContain('Secure');
  });
});

it('nobody is believed who is not trusted', async () => {
  await using server = await listenForTest(openTestService().service, {
    addressOf: remoteAddress,
    requestsPerMinute: 1,
  });
  const statuses = [];
  for (const address of ['198.51.100.1', '198.51.100.2'])
    statuses.push((await fetch(`${server.url}/v1/rubrics`, forwardedFor(address))).status);
  expect(statuses).toEqual([200, 429]);
});
