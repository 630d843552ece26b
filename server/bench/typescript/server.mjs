// The official TypeScript server of 2026-07-28 as it comes, with one tool and nothing secured. The port is the argument.
import http from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, fromJsonSchema, McpServer } from '@modelcontextprotocol/server';

const input = fromJsonSchema({ type: 'object', properties: { text: { type: 'string' } }, required: ['text'] });

function server() {
    const one = new McpServer({ name: 'typescript', version: '1' });
    one.registerTool('bench_read', { description: 'Gives words.', inputSchema: input }, ({ text }) => ({
        content: [{ type: 'text', text: `the quick brown fox ${text}` }],
    }));
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
