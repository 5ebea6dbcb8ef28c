// What is better with a script; every page works without it.
"use strict";

(() => {
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const isPlain = (event) => !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;

  // Parts of a page that change in place: the same address is fetched, and what has data-part is put in.
  let asked = 0;
  async function show(address, push) {
    const mine = ++asked;
    document.body.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" }, credentials: "same-origin" });
      if (mine !== asked) return;
      if (answer.status !== 200) { location.assign(address); return; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== asked) return;
      for (const part of all("[data-part][id]")) {
        const fresh = page.getElementById(part.id);
        if (fresh) part.replaceWith(document.adoptNode(fresh));
      }
      document.title = page.title;
      if (push) history.pushState({ live: true }, "", address);
      fill(new URL(address, location.href).searchParams);
      prepare();
    } catch (error) {
      if (mine === asked) location.assign(address);
    } finally {
      if (mine === asked) document.body.removeAttribute("aria-busy");
    }
  }

  function addressOf(form) {
    const held = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) held.append(name, value);
    const end = held.toString();
    return form.getAttribute("action") + (end ? `?${end}` : "");
  }

  function fill(query) {
    for (const form of all("form[data-live]")) {
      for (const field of form.elements) {
        if (field.name && field !== document.activeElement && query.has(field.name)) field.value = query.get(field.name);
        else if (field.name === "known" && !query.has("known")) field.value = "";
      }
      for (const slider of all("input[type=range]", form)) place(slider);
    }
  }

  let waiting = 0;
  function soon(form, after) {
    clearTimeout(waiting);
    waiting = setTimeout(() => show(addressOf(form), true), after);
  }

  // Sliders stand for a date field: months, or the days on which something was learned.
  const months = (day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  const dayOf = (month) => `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}-01`;
  const fieldOf = (slider) => slider.form.elements[slider.dataset.months || slider.dataset.days];
  const daysOf = (slider) => slider.dataset.list.split(" ").filter(Boolean);

  function place(slider) {
    const field = fieldOf(slider);
    if (slider.dataset.months) {
      slider.min = months(slider.dataset.first);
      slider.max = months(slider.dataset.last) + 1;
      slider.value = field.value ? months(field.value) : slider.max;
      slider.setAttribute("aria-valuetext", field.value || "today");
    } else {
      const days = daysOf(slider);
      slider.min = 0;
      slider.max = days.length;
      const at = days.findIndex((day) => day > field.value);
      slider.value = field.value ? (at < 0 ? days.length - 1 : Math.max(0, at - 1)) : days.length;
      slider.setAttribute("aria-valuetext", field.value || "now");
    }
  }

  function moved(slider) {
    const field = fieldOf(slider);
    if (slider.dataset.months) field.value = Number(slider.value) >= Number(slider.max) ? slider.dataset.last : dayOf(Number(slider.value));
    else field.value = daysOf(slider)[Number(slider.value)] || "";
    slider.setAttribute("aria-valuetext", field.value || "now");
  }

  // Dots of a curve: what they say stands beside the chart, arrows go from one to the next.
  function tell(dot) {
    const panel = document.getElementById("dot");
    if (!panel) return;
    const title = dot.querySelector("title");
    panel.textContent = title ? title.textContent : "";
    const id = (dot.getAttribute("href") || "").match(/[0-9a-f]{12}/);
    for (const row of all("tr.lit")) row.classList.remove("lit");
    const row = id && document.getElementById(`s-${id[0]}`);
    if (row) row.classList.add("lit");
  }

  const dotOf = (event) => (event.target instanceof Element ? event.target.closest("a.mb-dot, a.mb-aim, a.mb-row") : null);
  for (const kind of ["mouseover", "focusin"]) {
    document.addEventListener(kind, (event) => { const dot = dotOf(event); if (dot) tell(dot); });
  }
  document.addEventListener("keydown", (event) => {
    const dot = dotOf(event);
    if (!dot || !isPlain(event)) return;
    const dots = all("a.mb-dot", dot.ownerSVGElement);
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -dots.length, End: dots.length }[event.key];
    if (!step) return;
    const next = dots[Math.min(dots.length - 1, Math.max(0, dots.indexOf(dot) + step))];
    if (next) { next.focus(); event.preventDefault(); }
  });

  document.addEventListener("input", (event) => {
    const slider = event.target;
    if (slider.matches && slider.matches("form[data-live] input[type=range]")) { moved(slider); soon(slider.form, 120); }
  });
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field.matches && field.matches("form[data-live] select, form[data-live] input[type=date]")) soon(field.form, field.type === "date" ? 500 : 0);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-live]")) return;
    event.preventDefault();
    clearTimeout(waiting);
    show(addressOf(event.target), true);
  });
  window.addEventListener("popstate", () => { if (document.querySelector("form[data-live]")) show(location.href, false); });

  // What may be copied.
  document.addEventListener("click", async (event) => {
    const button = event.target instanceof Element ? event.target.closest("button[data-copy]") : null;
    if (!button) return;
    const field = document.getElementById(button.dataset.copy);
    const told = document.getElementById("copied");
    try {
      await navigator.clipboard.writeText(field.value);
      if (told) told.textContent = `${button.dataset.name} copied.`;
    } catch {
      field.focus();
      field.select();
      if (told) told.textContent = `Press Ctrl and C to copy ${button.dataset.name}.`;
    }
  });

  function prepare() {
    for (const hidden of all("[data-script][hidden], label.slide[hidden]")) hidden.hidden = false;
    for (const slider of all("form[data-live] input[type=range]")) place(slider);
  }
  prepare();
})();
