import { createHmac, timingSafeEqual } from "node:crypto";
import { readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Tell whether the request carries an exemption that is good; each is good once.
 *
 * `folder` remembers the used ones for ten minutes: only your site may write there.
 */
export function isWatchdog(request, key, folder) {
  const shape = /^v1 t=([0-9]{10}) n=([0-9a-f]{32}) s=([0-9a-f]{64})$/;
  const told = shape.exec(request.headers["x-contact-watchdog"] ?? "");
  if (!told || !key || key.length < 32) return false;
  const [, time, nonce, signature] = told;
  const host = (request.headers.host ?? "").toLowerCase().replace(/:[0-9]*$/, "");
  const path = (request.originalUrl ?? request.url).split("?", 1)[0];
  const signed = `v1\n${time}\n${nonce}\n${request.method}\n${host}\n${path}`;
  const right = createHmac("sha256", key).update(signed).digest();
  if (!timingSafeEqual(right, Buffer.from(signature, "hex"))) return false;
  if (Math.abs(Date.now() / 1000 - time) > 300) return false;
  try {
    writeFileSync(join(folder, `${nonce}.used`), "", { flag: "wx" }); // fails where it is there
  } catch {
    return false;
  }
  for (const name of readdirSync(folder).filter((name) => name.endsWith(".used"))) {
    const used = join(folder, name);
    const usedAt = statSync(used, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - usedAt > 600_000) rmSync(used, { force: true });
  }
  return true;
}
