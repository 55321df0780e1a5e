// The browser page under its strict policy: signs a test event, finds it genuine, and finds it forged once altered.
import assert from "node:assert/strict";
import { test } from "node:test";

import { installedPackage } from "../runtimes/installed.mjs";
import { inPage } from "../runtimes/page.mjs";
import { delivery, placeExample, settings } from "./started.mjs";

const { folder } = installedPackage();

test("the page signs, verifies and refuses", { timeout: 240_000 }, async () => {
  placeExample("browser-page", folder);
  const { complaints } = await inPage(folder, "index.html", async (page) => {
    await page.getByLabel("Secret").fill("whsec_1");
    await page.getByLabel("Body").fill('{"id":"evt_1"}');
    await page.getByRole("button", { name: "Sign a test event" }).click();
    await page.locator("#verdict", { hasText: "signed" }).waitFor();
    assert.match(await page.getByLabel("Headers").inputValue(), /^stripe-signature: t=\d+,v1=[0-9a-f]{64}$/);
    await page.getByRole("button", { name: "Verify" }).click();
    await page.locator("#verdict", { hasText: "genuine, event evt_1" }).waitFor();
    await page.getByLabel("Body").fill('{"id":"evt_2"}');
    await page.getByRole("button", { name: "Verify" }).click();
    await page.locator("#verdict", { hasText: "refused: signature_mismatch" }).waitFor();
    await page.getByLabel("Scheme").fill("nonsense");
    await page.getByRole("button", { name: "Verify" }).click();
    await page.locator("#verdict", { hasText: "scheme_unknown" }).waitFor();
  });
  assert.deepEqual(complaints, []);
});

test("the page verifies a delivery that was received earlier", { timeout: 240_000 }, async () => {
  placeExample("browser-page", folder);
  const { headers, body } = delivery('{"event_id":"Ev7"}', { time: 1700000000 });
  await inPage(folder, "index.html", async (page) => {
    await page.getByLabel("Scheme").fill("slack");
    await page.getByLabel("Secret").fill(settings(folder).WEBHOOK_SECRET);
    await page.getByLabel("Headers").fill(Object.entries(headers).map((pair) => pair.join(": ")).join("\n"));
    await page.getByLabel("Body").fill(body);
    await page.getByLabel("Received at").fill("1700000000");
    await page.getByRole("button", { name: "Verify" }).click();
    await page.locator("#verdict", { hasText: "genuine, event Ev7" }).waitFor();
  });
});
