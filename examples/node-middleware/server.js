// The middleware with nothing but Node. Settings: SCHEME, WEBHOOK_SECRET, PORT (8000).
// In Express: app.post("/hook", await webhook({ scheme, secret }), (request, response) => { … request.webhook … });
import { createServer } from "node:http";

import { webhook } from "./webhook.js";

const verify = await webhook({ scheme: process.env.SCHEME, secret: process.env.WEBHOOK_SECRET });

const server = createServer((request, response) => {
  verify(request, response, (error) => {
    if (error) {
      console.error(error.message);
      response.writeHead(500).end();
      return;
    }
    const { id, body } = request.webhook;
    console.log(JSON.stringify({ received: id, bytes: body.length }));
    response.writeHead(204).end();
  });
});
server.listen(Number(process.env.PORT ?? 8000), "127.0.0.1", () => {
  console.log(JSON.stringify({ event: "listening", url: `http://127.0.0.1:${server.address().port}` }));
});
