import { expect, it } from "vitest";
import { isSigned } from "./signature";

// The example that the specification of Standard Webhooks publishes.
const NOTICE = {
  secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
  timestamp: "1614265330",
  body: '{"test": 2432232314}',
  signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
};

it("takes the published example, also beside the signature of an older secret", async () => {
  expect(await isSigned(NOTICE)).toBe(true);
  expect(await isSigned({ ...NOTICE, signature: `v1,AAAA ${NOTICE.signature}` })).toBe(true);
});

it.each([
  { ...NOTICE, body: '{"test":2432232314}' },
  { ...NOTICE, timestamp: "1614265331" },
  { ...NOTICE, id: "msg_other" },
  { ...NOTICE, signature: NOTICE.signature.replace("v1,", "v2,") },
  { ...NOTICE, signature: "" },
])("takes nothing else", async (notice) => expect(await isSigned(notice)).toBe(false));

it("says of what is no secret that it is none", async () => {
  await expect(isSigned({ ...NOTICE, secret: "não é" })).rejects.toThrow();
});
