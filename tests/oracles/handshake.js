// Real TLS handshakes of Node.js with itself on loopback; the folder and the output are those of Handshake.java.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const tls = require("node:tls");

const folder = process.argv[2];
const read = (name) => fs.readFileSync(path.join(folder, name), "utf8");
const blocks = (text) => text.match(/-----BEGIN CERTIFICATE-----[^]+?-----END CERTIFICATE-----\n/g);

function call(server, name, host, names) {
  return new Promise((resolve) => {
    const options = { port: server.address().port, host: "127.0.0.1", servername: host, ca: blocks(read(`${name}.trust.pem`)) };
    if (!names) options.checkServerIdentity = () => undefined;
    const socket = tls.connect(options, () => { socket.destroy(); resolve("OK"); });
    socket.on("error", (error) => { socket.destroy(); resolve(`${error.code}: ${error.message}`.replace(/\s+/g, " ")); });
  });
}

async function main() {
  for (const line of read("cases.txt").trim().split("\n")) {
    const [name, host] = line.split("\t");
    // The server's own opinion of its certificate must not end the case: level 0.
    const server = tls.createServer({ key: read(`${name}.key.pem`), cert: read(`${name}.chain.pem`), ciphers: "DEFAULT:@SECLEVEL=0" });
    server.on("tlsClientError", () => undefined);
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    for (const names of [false, true]) {
      const outcome = await call(server, name, host, names);
      console.log([name, names ? "names" : "chain", outcome].join("\t"));
    }
    await new Promise((resolve) => server.close(resolve));
  }
}

main();
