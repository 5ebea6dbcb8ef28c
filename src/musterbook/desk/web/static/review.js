// Review by keyboard, and words chosen by marking them in the text. Every page works without it.
"use strict";

(() => {
  const find = (what) => document.querySelector(what);
  const isTyping = (where) => where instanceof Element && where.closest("input, select, textarea, [contenteditable]");

  function open(what) {
    for (let at = what; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  }

  function goTo(key) {
    const what = find(`[data-key="${key}"]`);
    if (!what) return false;
    if (what.tagName === "A") { what.click(); return true; }
    open(what);
    const field = what.querySelector("input:not([type=hidden]), select, textarea") || what;
    field.focus();
    if (field.select) field.select();
    what.scrollIntoView({ block: "nearest" });
    return true;
  }

  function step(by) {
    const rows = [...document.querySelectorAll("[data-row]")];
    if (rows.length) {
      const at = rows.indexOf(document.activeElement);
      const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by));
      rows[next].focus();
      return true;
    }
    const link = find(`nav a[rel="${by > 0 ? "next" : "prev"}"]`);
    if (link) link.click();
    return Boolean(link);
  }

  const help = find("#help");
  const deeds = {
    j: () => step(1),
    k: () => step(-1),
    c: () => goTo("c"),
    r: () => goTo("r"),
    e: () => goTo("e"),
    w: () => goTo("w"),
    u: () => goTo("u"),
    "?": () => { if (help && !help.open) help.showModal(); return Boolean(help); },
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isTyping(event.target)) { event.target.blur(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target) || (help && help.open)) return;
    const deed = Object.hasOwn(deeds, event.key) ? deeds[event.key] : null;
    if (deed && deed()) event.preventDefault();
  });

  const button = find("#help-button");
  if (button && help) {
    button.hidden = false;
    button.addEventListener("click", () => help.showModal());
  }

  // One click sends one decision.
  for (const form of document.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
    });
  }
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  const text = find("#text");
  if (!text) return;
  const words = [...text.querySelectorAll("[data-start]")];
  const [first, last, told] = [find("#start"), find("#end"), find("#picked")];
  for (const hint of document.querySelectorAll(".with-script")) hint.hidden = false;

  function choose(select, value, label) {
    let option = [...select.options].find((one) => one.value === value);
    if (!option) {
      option = new Option(label, value);
      select.add(option);
    }
    select.value = value;
  }

  function show() {
    const [from, to] = [Number(first.value), Number(last.value)];
    const chosen = words.filter((word) => Number(word.dataset.start) >= from && Number(word.dataset.end) <= to);
    for (const word of words) word.classList.toggle("picked", chosen.includes(word));
    told.textContent = chosen.length ? `Chosen: ${chosen.map((word) => word.textContent).join(" ")}` : "";
  }

  document.addEventListener("selectionchange", () => {
    const marked = document.getSelection();
    if (!marked || marked.isCollapsed || !marked.rangeCount || !text.contains(marked.anchorNode)) return;
    const chosen = words.filter((word) => marked.containsNode(word, true));
    if (!chosen.length) return;
    const [from, to] = [chosen[0], chosen[chosen.length - 1]];
    choose(first, from.dataset.start, from.textContent);
    choose(last, to.dataset.end, to.textContent);
    show();
  });
  first.addEventListener("change", show);
  last.addEventListener("change", show);
})();
