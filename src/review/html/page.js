
"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector) => [...document.querySelectorAll(selector)];

  // Light and dark: as the system has it, until someone chooses.
  const store = { get() { try { return localStorage.getItem("anubad-theme"); } catch { return null; } },
    set(theme) { try { localStorage.setItem("anubad-theme", theme); } catch { /* it holds for this page */ } } };
  if (["light", "dark"].includes(store.get())) root.dataset.theme = store.get();
  const turn = () => {
    const now = root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    root.dataset.theme = now === "dark" ? "light" : "dark";
    store.set(root.dataset.theme);
  };
  all("[data-theme-switch]").forEach((button) => button.addEventListener("click", turn));

  // What belongs together on both sides.
  const link = (mark, on) => {
    const wanted = (mark.dataset.m ?? "").split(" ");
    const row = mark.closest(".row");
    for (const other of row ? row.querySelectorAll("mark[data-m]") : []) {
      if (other.dataset.m.split(" ").some((m) => m && m === wanted.at(-1))) other.classList.toggle("linked", on);
    }
  };
  for (const [event, on] of [["mouseover", true], ["mouseout", false]]) {
    document.addEventListener(event, (e) => { const mark = e.target.closest?.("mark[data-m]"); if (mark) link(mark, on); });
  }

  // Which rows are shown.
  const rows = () => all("#article .row[id]").filter((row) => row.offsetParent !== null);
  const filter = (name) => {
    const body = document.body;
    const shown = body.dataset.shown === name ? undefined : name;
    if (shown) body.dataset.shown = shown; else delete body.dataset.shown;
    all("#article .row[id]").forEach((row) => row.classList.toggle("shown", row.classList.contains(shown)));
    all("[data-filter]").forEach((chip) => chip.setAttribute("aria-pressed", String(chip.dataset.filter === shown)));
  };
  all("[data-filter]").forEach((chip) => chip.addEventListener("click", () => filter(chip.dataset.filter)));

  // From row to row. The one that has the focus is where one is.
  const step = (by, only) => {
    const list = rows();
    const here = document.activeElement?.closest?.(".row[id]") ?? document.querySelector(".row[id]:target");
    const at = list.indexOf(here);
    const wanted = (row) => !only || row.matches(".error, .warning, .review");
    for (let i = at < 0 ? (by > 0 ? 0 : list.length - 1) : at + by; i >= 0 && i < list.length; i += by) {
      if (wanted(list[i])) { list[i].focus({ preventScroll: true }); list[i].scrollIntoView({ block: "nearest" }); return; }
    }
  };
  all("[data-go]").forEach((button) => button.addEventListener("click", () => step(Number(button.dataset.go), true)));

  // The list of articles.
  const search = document.querySelector("[data-search]");
  search?.addEventListener("input", () => {
    const words = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    all(".articles tbody tr").forEach((row) => {
      const text = row.textContent.toLocaleLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    });
  });

  const keys = {
    j: () => step(1, false), k: () => step(-1, false), n: () => step(1, true), p: () => step(-1, true), t: turn,
    u: () => document.querySelector("a.up")?.click(), "/": () => search?.focus(),
    o: () => document.activeElement?.closest?.(".row[id]")?.querySelectorAll("details:not(.edit)").forEach((d) => { d.open = !d.open; }),
  };
  ["error", "warning", "note", "draft", "changed"].forEach((name, i) => {
    keys[String(i + 1)] = () => { if (document.querySelector(`[data-filter="${name}"]`)) filter(name); };
  });
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest?.("input, textarea, select, [contenteditable]")) return;
    const act = keys[e.key];
    if (act) { e.preventDefault(); act(); }
  });
  addEventListener("beforeprint", () => all("details.change").forEach((d) => { d.open = true; }));
})();
