// The official TypeScript server of 2026-07-28 as it comes, with the read tool as ours has it, its result with a schema, and nothing
// secured. The port is the argument.
import http from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, fromJsonSchema, McpServer } from '@modelcontextprotocol/server';

const input = fromJsonSchema({ type: 'object', properties: { text: { type: 'string' } }, required: ['text'] });
const output = fromJsonSchema({
    type: 'object',
    properties: { words: { type: 'string' }, account: { type: 'string' } },
    required: ['words', 'account'],
});

function read({ text }) {
    const words = `the quick brown fox ${text}`;
    return { content: [{ type: 'text', text: words }], structuredContent: { words, account: 'alice@example.com' } };
}

function server() {
    const one = new McpServer({ name: 'typescript', version: '1' });
    one.registerTool('bench_read', { description: 'Gives words.', inputSchema: input, outputSchema: output }, read);
    return one;
}

const handle = toNodeHandler(createMcpHandler(server));
http.createServer((request, response) => {
    if (request.url === '/readyz') {
        response.end();
    } else {
        handle(request, response);
    }
}).listen(Number(process.argv[2]), '127.0.0.1');
