// The official TypeScript client, attached to the server whose MCP address is the first argument. The second says which
// revisions it speaks: "modern" for 2026-07-28, "legacy" for older ones. Prints one JSON object a line; a line with "open"
// names a page that the person must go to now.
import http from 'node:http';
import {
  Client,
  StreamableHTTPClientTransport,
  UnauthorizedError,
  UrlElicitationRequiredError,
} from '@modelcontextprotocol/client';

const [, , address, era] = process.argv;
const say = (line) => process.stdout.write(JSON.stringify(line) + '\n');

// where the browser brings the authorization code
let arrived;
const arrival = new Promise((resolve) => (arrived = resolve));
const listener = http.createServer((request, response) => {
  response.end('The client has it.');
  arrived(new URL(request.url, 'http://127.0.0.1').searchParams);
});
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

const transport = () => new StreamableHTTPClientTransport(new URL(address), { authProvider: provider });

async function connect() {
  const first = transport();
  try {
    await client.connect(first);
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error;
    const answer = await arrival;
    if (answer.get('state') !== kept.state) throw new Error('the answer carries another state');
    await first.finishAuth(answer);
    await client.connect(transport());
  }
}

// the older revision is told by an error where to send the person, and calls again
async function call(name, args) {
  try {
    return await client.callTool({ name, arguments: args });
  } catch (error) {
    if (!(error instanceof UrlElicitationRequiredError)) throw error;
    const [{ url, mode, message }] = error.elicitations;
    say({ open: url, why: 'elicitation', mode, message });
    return client.callTool({ name, arguments: args });
  }
}

await connect();
say({ version: client.getNegotiatedProtocolVersion(), server: client.getServerVersion()?.name });
say({ tools: (await client.listTools()).tools.map((tool) => tool.name) });
const events = await call('calendar_list_events', { limit: 3 });
say({ result: 'calendar_list_events', isError: events.isError ?? false, structured: events.structuredContent });
const mail = { to: ['bob@example.com'], subject: `TypeScript: ${era}`, body: 'Written by the official client.' };
const sent = await call('mail_send', mail);
say({ result: 'mail_send', isError: sent.isError ?? false, structured: sent.structuredContent });
await client.close();
listener.close();
