// Reads one JSON object a line: {secret, id, timestamp, signature, body (base 64)}. Says for each line which receivers accept it.
import { createInterface } from "node:readline";
import { createPublicKey, verify } from "node:crypto";
import { Webhook as Standard } from "standardwebhooks";
import { Webhook as Svix } from "svix";

const accepts = (check) => {
  try {
    check();
    return true;
  } catch {
    return false;
  }
};

/** By the specification: any of the v1a tokens; the key is OpenSSL's business. */
const ed25519 = (line, body) => {
  const der = Buffer.concat([
    Buffer.from("302a300506032b6570032100", "hex"),
    Buffer.from(line.secret.slice("whpk_".length), "base64"),
  ]);
  const key = createPublicKey({ key: der, format: "der", type: "spki" });
  const message = Buffer.concat([Buffer.from(`${line.id}.${line.timestamp}.`), body]);
  const signatures = line.signature
    .split(" ")
    .filter((token) => token.startsWith("v1a,"))
    .map((token) => Buffer.from(token.slice(4), "base64"));
  if (!signatures.some((signature) => verify(null, message, key, signature))) {
    throw new Error("no signature fits");
  }
};

for await (const text of createInterface({ input: process.stdin })) {
  const line = JSON.parse(text);
  const body = Buffer.from(line.body, "base64");
  const headers = {
    "webhook-id": line.id,
    "webhook-timestamp": line.timestamp,
    "webhook-signature": line.signature,
  };
  const answer = line.secret.startsWith("whpk_")
    ? { node: accepts(() => ed25519(line, body)) }
    : {
        standardwebhooks: accepts(() => new Standard(line.secret).verify(body.toString(), headers)),
        svix: accepts(() => new Svix(line.secret).verify(body.toString(), headers)),
      };
  console.log(JSON.stringify(answer));
}
