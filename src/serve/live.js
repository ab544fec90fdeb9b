
"use strict";
(() => {
  const told = (name) => document.querySelector(`meta[name="anubad-${name}"]`)?.content;
  const api = told("article");
  if (!api) return;
  const said = document.getElementById("said");
  const editor = document.getElementById("editor");
  const keep = (store, key, value) => { try { window[store].setItem(key, value); } catch { /* for this page only */ } };
  const kept = (store, key) => { try { return window[store].getItem(key); } catch { return null; } };

  // Who is at work.
  editor.value = kept("localStorage", "anubad-editor") ?? "";
  editor.addEventListener("input", () => { editor.classList.remove("missing"); keep("localStorage", "anubad-editor", editor.value.trim()); });
  const say = (text, wrong = false) => { said.textContent = text; said.classList.toggle("error", wrong); };
  const who = () => {
    if (editor.value.trim()) return editor.value.trim();
    editor.classList.add("missing"); editor.focus(); say("Say who you are first: others will see who approved what.", true);
    return null;
  };

  // What was typed and not saved survives that the page is loaded again, with the version that it was typed for.
  const drafts = `anubad-drafts ${api}`;
  const rowOf = (element) => element.closest(".row[id]");
  const dirty = () => [...document.querySelectorAll(".edit textarea")].filter((t) => t.value !== t.defaultValue);
  const remember = (but) => {
    const texts = dirty().filter((t) => t !== but)
      .map((t) => [rowOf(t).id, { text: t.value, version: t.closest(".edit").dataset.version }]);
    keep("sessionStorage", drafts, JSON.stringify(Object.fromEntries(texts)));
  };
  for (const [id, draft] of Object.entries(JSON.parse(kept("sessionStorage", drafts) ?? "{}"))) {
    const edit = document.getElementById(id)?.querySelector(".edit");
    if (!edit) continue;
    edit.open = true; edit.dataset.version = draft.version; edit.querySelector("textarea").value = draft.text;
  }
  addEventListener("beforeunload", () => remember(null));

  const ask = async (method, path, version, body) => {
    const headers = { "x-anubad-page": told("page") };
    if (version) headers["If-Match"] = `"${version}"`;
    if (body) headers["Content-Type"] = "application/json";
    let response;
    try {
      response = await fetch(api + path, { method, headers, body: body && JSON.stringify(body) });
    } catch { return { ok: false, status: 0, answer: { detail: "The server does not answer; what you typed is still here." } }; }
    const answer = await response.json().catch(() => ({}));
    return { ok: response.ok, status: response.status, answer };
  };

  // The page again, at the same place, with what was done.
  const reload = (row, text, saved) => {
    remember(saved);
    if (saved) saved.value = saved.defaultValue;
    keep("sessionStorage", "anubad-said", text);
    if (row) history.replaceState(null, "", `#${row.id}`);
    location.reload();
  };
  const outcome = ({ state, cause } = {}) => ({
    written: "Saved, and the article is written.",
    waiting: "Saved. A run is at work; the next one writes it into the article.",
    gone: "Saved. The source of the article is no longer there, so its files stay as they are.",
    failed: `Saved, but the article could not be done again: ${cause}`,
  })[state] ?? "Saved.";
  const last = kept("sessionStorage", "anubad-said");
  if (last) { say(last); keep("sessionStorage", "anubad-said", ""); }

  const busy = async (button, work) => {
    if (!who()) return;
    button.disabled = true; say("…");
    try { await work(); } finally { button.disabled = false; }
  };
  const done = (result, row, saved) => {
    if (result.ok) reload(row, outcome(result.answer.article), saved); else say(result.answer.detail ?? `It failed (${result.status}).`, true);
  };

  // Somebody else was faster: what they wrote, and whose text is to be.
  const conflict = (edit, now) => {
    const box = edit.querySelector(".conflict"), area = edit.querySelector("textarea");
    box.replaceChildren();
    const add = (tag, text) => { const e = document.createElement(tag); e.textContent = text; box.append(e); return e; };
    add("b", now.approval ? `${now.approval.by} wrote meanwhile:` : "Meanwhile it is:");
    add("p", now.target).lang = area.lang;
    const mine = add("button", "Keep mine"), theirs = add("button", "Take theirs");
    mine.type = theirs.type = "button";
    mine.addEventListener("click", () => { edit.dataset.version = now.version; box.hidden = true; edit.querySelector("[data-act=save]").click(); });
    theirs.addEventListener("click", () => reload(rowOf(edit), "", area));
    box.hidden = false; edit.open = true; mine.focus();
  };

  const sentence = async (row, method, path, body) => {
    const edit = row.querySelector(".edit");
    const result = await ask(method, `/sentences/${row.id}${path}`, edit.dataset.version, body);
    if (result.status === 409) conflict(edit, result.answer.now);
    done(result, row, edit.querySelector("textarea"));
  };
  const judged = async (at, path, verdict) => {
    const { source, kind, version } = at.dataset;
    const target = at.querySelector("input").value.trim();
    done(await ask("POST", path, version, { source, target, kind, verdict, by: who() }), rowOf(at), null);
  };
  const acts = {
    save: (row) => sentence(row, "PUT", "", { target: row.querySelector("textarea").value.replace(/\s+/g, " ").trim(), by: who() }),
    "as-it-is": (row) => sentence(row, "PUT", "", { target: row.querySelector("textarea").value.replace(/\s+/g, " ").trim(), by: who(), as_it_is: true }),
    again: (row) => sentence(row, "POST", "/again", { by: who() }),
    withdraw: (row) => sentence(row, "DELETE", ""),
    "term-approve": (_, at) => judged(at, "/terms", "approve"),
    "term-reject": (_, at) => judged(at, "/terms", "reject"),
    "name-approve": (_, at) => judged(at, "/names", "approve"),
    "name-reject": (_, at) => judged(at, "/names", "reject"),
  };
  document.addEventListener("click", (e) => {
    const button = e.target.closest?.("[data-act]");
    if (button) busy(button, () => acts[button.dataset.act](rowOf(button), button.parentElement));
  });
  document.querySelector("[data-ready]")?.addEventListener("click", ({ target }) => busy(target, async () => {
    const ready = target.dataset.ready === "true";
    const result = await ask("PUT", "/ready", told("version"), { ready, by: who() });
    if (result.ok) reload(null, ready ? "The article is ready." : "The article is no longer ready.", null); else say(result.answer.detail, true);
  }));

  // Keys: e corrects the sentence with the focus, Ctrl-Enter saves, Escape leaves.
  document.addEventListener("keydown", (e) => {
    const area = e.target.closest?.(".edit textarea");
    if (area && e.key === "Enter" && (e.ctrlKey || e.metaKey)) { e.preventDefault(); area.closest(".edit").querySelector("[data-act=save]").click(); }
    if (area && e.key === "Escape") { e.preventDefault(); rowOf(area).focus({ preventScroll: true }); }
    if (e.key !== "e" || e.ctrlKey || e.metaKey || e.altKey || e.target.closest?.("input, textarea")) return;
    const edit = document.activeElement?.closest?.(".row[id]")?.querySelector(".edit");
    if (edit) { e.preventDefault(); edit.open = true; edit.querySelector("textarea")?.focus(); }
  });
  document.querySelector(".help dl")?.insertAdjacentHTML("beforeend",
    "<dt>e</dt><dd>correct the sentence</dd><dt>Ctrl Enter</dt><dd>save it</dd><dt>Esc</dt><dd>back to the sentence</dd>");
})();
