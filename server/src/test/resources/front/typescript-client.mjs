// The official TypeScript client, attached to the server whose MCP address is the first argument. The second says which
// revisions it speaks: "modern" for 2026-07-28, "legacy" for older ones. What follows is the command of a bridge, to which it
// then speaks stdio. Prints one JSON object a line; a line with "open" names a page that the person must go to now.
import http from 'node:http';
import { createInterface } from 'node:readline';
import {
  Client,
  StreamableHTTPClientTransport,
  UnauthorizedError,
  UrlElicitationRequiredError,
} from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const [, , address, era, ...bridge] = process.argv;
const say = (line) => process.stdout.write(JSON.stringify(line) + '\n');

// where the browser brings authorization codes, one after the other
const codes = [];
const waiting = [];
const listener = http.createServer((request, response) => {
  response.end('The client has it.');
  const answer = new URL(request.url, 'http://127.0.0.1').searchParams;
  waiting.length > 0 ? waiting.shift()(answer) : codes.push(answer);
});
const nextCode = () => new Promise((resolve) => (codes.length > 0 ? resolve(codes.shift()) : waiting.push(resolve)));
await new Promise((resolve) => listener.listen(0, '127.0.0.1', resolve));
const redirect = `http://127.0.0.1:${listener.address().port}/callback`;

const kept = {};
const provider = {
  redirectUrl: redirect,
  clientMetadata: {
    client_name: 'TypeScript client',
    redirect_uris: [redirect],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    scope: 'calendar:read mail:send',
  },
  state: () => (kept.state = crypto.randomUUID()),
  clientInformation: () => kept.client,
  saveClientInformation: (client) => void (kept.client = client),
  tokens: () => kept.tokens,
  saveTokens: (tokens) => void (kept.tokens = tokens),
  codeVerifier: () => kept.verifier,
  saveCodeVerifier: (verifier) => void (kept.verifier = verifier),
  discoveryState: () => kept.discovery,
  saveDiscoveryState: (discovery) => void (kept.discovery = discovery),
  redirectToAuthorization: (url) => say({ open: url.href, why: 'authorize' }),
};

const client = new Client(
  { name: 'typescript-client', version: '1' },
  {
    capabilities: { elicitation: { url: {}, form: {} } },
    versionNegotiation: { mode: era === 'modern' ? { pin: '2026-07-28' } : 'legacy' },
  },
);
client.setRequestHandler('elicitation/create', ({ params }) => {
  say({ open: params.url, why: 'elicitation', mode: params.mode, message: params.message });
  return { action: 'accept' };
});

let transport;
const open = () => (transport = bridge.length > 0 ? bridged() : direct());
const direct = () => new StreamableHTTPClientTransport(new URL(address), { authProvider: provider });

// a transport of the SDK's own class is probed by another process, whose words nobody hears
class BridgeTransport extends StdioClientTransport {}

// the bridge signs in by itself and says on standard error where the person goes
function bridged() {
  const [command, ...args] = bridge;
  const stdio = new BridgeTransport({ command, args, env: process.env, stderr: 'pipe' });
  createInterface({ input: stdio.stderr }).on('line', (line) => {
    const page = line.match(/Sign in here, in your browser: (\S+)/);
    if (page) say({ open: page[1], why: 'authorize' });
  });
  return stdio;
}

// waits for the person at the authorization server, whenever the SDK has sent them there
async function authorized(attempt) {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error;
    const answer = await nextCode();
    if (answer.get('state') !== kept.state) throw new Error('the answer carries another state');
    await transport.finishAuth(answer);
    return authorized(attempt);
  }
}

// the older revision is told by an error where to send the person, and calls again
async function call(name, args) {
  try {
    return await authorized(() => client.callTool({ name, arguments: args }));
  } catch (error) {
    if (!(error instanceof UrlElicitationRequiredError)) throw error;
    const [{ url, mode, message }] = error.elicitations;
    say({ open: url, why: 'elicitation', mode, message });
    return call(name, args);
  }
}

await authorized(() => client.connect(open()));
say({ version: client.getNegotiatedProtocolVersion(), server: client.getServerVersion()?.name });
say({ tools: (await client.listTools()).tools.map((tool) => tool.name) });
const events = await call('calendar_list_events', { limit: 3 });
say({ result: 'calendar_list_events', isError: events.isError ?? false, structured: events.structuredContent });
const mail = { to: ['bob@example.com'], subject: `TypeScript: ${era}${bridge.length > 0 ? ' by stdio' : ''}`, body: 'Written by the official client.' };
const sent = await call('mail_send', mail);
say({ result: 'mail_send', isError: sent.isError ?? false, structured: sent.structuredContent });
await client.close();
listener.close();
