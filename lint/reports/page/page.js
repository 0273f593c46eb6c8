"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const text = (number) => data.strings[number];
  const PAGE = 200;
  const byId = (id) => document.getElementById(id);
  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  const findings = data.findings.map((row, index) => {
    const [record, code, severity, line, column, path, message, hint, before, marked, behind, mark, confidence] = row;
    const [id, file, sponsor, year, title] = data.records[record].map(text);
    return { index, record, id, file, sponsor, year, title, code: text(code), severity, line, column, path: text(path),
      message, hint: text(hint), before, marked, behind, mark, confidence };
  });
  const wordsOf = (one) => (one.words ??= `${one.code} ${one.id} ${one.file} ${one.sponsor} ${one.path} ${one.message} ${one.hint} ${one.marked}`.toLowerCase());
  const family = (code) => code.replace(/[0-9]+$/, "");

  const state = { search: "", severities: new Set([0, 1, 2]), rule: "", family: "", year: null, group: "record", sort: "file" };
  let chosen = findings;
  let groups = [];
  let shownGroups = 0;

  const fits = (one, but) =>
    (but === "severity" || state.severities.has(one.severity)) &&
    (but === "rule" || !state.rule || one.code === state.rule) &&
    (but === "family" || !state.family || family(one.code) === state.family) &&
    (but === "year" || state.year === null || one.year === state.year) &&
    words().every((word) => wordsOf(one).includes(word));
  const words = () => state.search.toLowerCase().split(/\s+/).filter(Boolean);

  const order = {
    file: (a, b) => a.index - b.index,
    severity: (a, b) => a.severity - b.severity || a.index - b.index,
    rule: (a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : a.index - b.index),
    count: (a, b) => a.index - b.index,
  };
  const keyOf = {
    record: (one) => `${one.id || one.file}\u0000${one.file}`,
    rule: (one) => one.code,
    sponsor: (one) => one.sponsor,
    "": () => "",
  };
  const groupNames = { record: ["record", "records"], rule: ["rule", "rules"], sponsor: ["sponsor", "sponsors"] };
  const titleOf = {
    record: (one) => [one.id || one.file, one.title, one.id ? one.file : ""].filter(Boolean).join(" · "),
    rule: (one) => `${one.code} ${data.rules[one.code]?.name ?? ""}: ${data.rules[one.code]?.summary ?? ""}`,
    sponsor: (one) => one.sponsor || "no sponsor given",
    "": () => "",
  };

  function update() {
    chosen = findings.filter((one) => fits(one)).sort(order[state.sort]);
    const found = new Map();
    for (const one of chosen) {
      const key = keyOf[state.group](one);
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(one);
    }
    groups = [...found.values()];
    if (state.sort === "count") groups.sort((a, b) => b.length - a.length);
    if (state.sort === "rule" && state.group === "sponsor") groups.sort((a, b) => a[0].index - b[0].index);
    byId("shown").textContent = `${chosen.length.toLocaleString("en")} of ${findings.length.toLocaleString("en")} findings` +
      (state.group ? ` in ${groups.length.toLocaleString("en")} ${groupNames[state.group][groups.length === 1 ? 0 : 1]}` : "");
    byId("list").replaceChildren();
    shownGroups = 0;
    showMore();
    charts();
    remember();
  }

  function showMore() {
    const list = byId("list");
    if (!state.group) {
      const all = groups[0] ?? [];
      list.append(...all.slice(shownGroups, shownGroups + PAGE).map(card));
      shownGroups += PAGE;
      byId("more").hidden = shownGroups >= all.length;
      return;
    }
    const open = groups.length <= 20;
    list.append(...groups.slice(shownGroups, shownGroups + PAGE).map((group, at) => section(group, open || shownGroups + at < 3)));
    shownGroups += PAGE;
    byId("more").hidden = shownGroups >= groups.length;
  }

  function section(group, open) {
    const body = make("div", { hidden: true });
    const button = make("button", { type: "button" }, make("span", { textContent: titleOf[state.group](group[0]) }),
      make("span", { textContent: group.length.toLocaleString("en") }));
    const fill = (from) => {
      body.append(...group.slice(from, from + PAGE).map(card));
      if (from + PAGE < group.length) {
        const more = make("button", { type: "button", textContent: `Show ${Math.min(PAGE, group.length - from - PAGE)} more` });
        more.addEventListener("click", () => { more.remove(); fill(from + PAGE); });
        body.append(more);
      }
    };
    const toggle = () => {
      if (!body.childElementCount) fill(0);
      body.hidden = !body.hidden;
      button.setAttribute("aria-expanded", String(!body.hidden));
    };
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", toggle);
    if (open) toggle();
    return make("section", { className: "group" }, make("h2", {}, button), body);
  }

  function card(one) {
    const severity = data.severities[one.severity];
    const rule = data.rules[one.code] ?? {};
    const head = make("p", {}, make("span", { className: "severity", textContent: severity }), ` ${one.code} ${rule.name ?? ""} `);
    const link = make("a", { href: `#finding=${one.mark}`, textContent: `${one.file}:${one.line}:${one.column}` });
    link.title = "Link to this finding";
    const parts = [head, make("p", { textContent: one.message })];
    if (one.marked) parts.push(make("pre", {}, one.before, make("mark", { textContent: one.marked }), one.behind));
    if (one.hint) parts.push(make("p", { textContent: `What to do: ${one.hint}` }));
    const place = make("p", { className: "place" }, one.id ? `${one.id} · ` : "", link, ` · ${one.path || "/"}`);
    if (rule.url) place.append(" · ", make("a", { href: rule.url, textContent: "source", rel: "noreferrer", target: "_blank" }));
    parts.push(place);
    return make("article", { className: `finding ${severity}`, id: `finding=${one.mark}` }, ...parts);
  }

  function charts() {
    const count = (but, key) => {
      const counts = new Map();
      for (const one of findings) if (fits(one, but)) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
      return counts;
    };
    const most = (counts) => [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    bars("by-severity", [...count("severity", (one) => one.severity)].sort((a, b) => a[0] - b[0]),
      (key) => data.severities[key], (key) => state.severities.size === 1 && state.severities.has(key), (key, on) => {
        state.severities = on ? new Set([0, 1, 2]) : new Set([key]);
        controls();
      }, (key) => data.severities[key]);
    bars("by-family", most(count("family", (one) => family(one.code))), (key) => key, (key) => state.family === key,
      (key, on) => { state.family = on ? "" : key; });
    bars("by-rule", most(count("rule", (one) => one.code)), (key) => `${key} ${data.rules[key]?.name ?? ""}`, (key) => state.rule === key,
      (key, on) => { state.rule = on ? "" : key; controls(); }, null, (key) => data.rules[key]?.summary ?? "");
    bars("by-year", [...count("year", (one) => one.year)].sort((a, b) => (a[0] < b[0] ? -1 : 1)),
      (key) => key || "not given", (key) => state.year === key, (key, on) => { state.year = on ? null : key; });
  }

  function bars(id, counts, label, pressed, choose, style, hint) {
    const largest = Math.max(1, ...counts.map((pair) => pair[1]));
    byId(id).replaceChildren(...counts.map(([key, count]) => {
      const bar = make("i", {});
      bar.style.width = `${(100 * count) / largest}%`;
      const button = make("button", { type: "button", className: `bar ${style ? style(key) : ""}`, title: hint ? hint(key) : "" },
        make("span", { textContent: label(key) }), make("span", {}, bar), make("span", { textContent: count.toLocaleString("en") }));
      button.setAttribute("aria-pressed", String(pressed(key)));
      button.addEventListener("click", () => { choose(key, pressed(key)); update(); });
      return button;
    }));
  }

  function controls() {
    byId("search").value = state.search;
    byId("rule").value = state.rule;
    byId("group").value = state.group;
    byId("sort").value = state.sort;
    for (const box of document.getElementsByName("severity")) box.checked = state.severities.has(Number(box.value));
  }

  function remember() {
    const kept = new URLSearchParams();
    if (state.search) kept.set("search", state.search);
    if (state.severities.size < 3) kept.set("severity", [...state.severities].join(""));
    for (const name of ["rule", "family"]) if (state[name]) kept.set(name, state[name]);
    if (state.year !== null) kept.set("year", state.year);
    if (state.group !== "record") kept.set("group", state.group);
    if (state.sort !== "file") kept.set("sort", state.sort);
    history.replaceState(null, "", kept.size ? `#${kept}` : location.pathname + location.search);
  }

  function recall() {
    const kept = new URLSearchParams(location.hash.slice(1));
    const linked = kept.get("finding");
    state.search = kept.get("search") ?? "";
    state.severities = new Set(kept.has("severity") ? [...kept.get("severity")].map(Number) : [0, 1, 2]);
    state.rule = kept.get("rule") ?? "";
    state.family = kept.get("family") ?? "";
    state.year = kept.has("year") ? kept.get("year") : null;
    state.group = kept.has("group") && kept.get("group") in keyOf ? kept.get("group") : "record";
    state.sort = kept.get("sort") in order ? kept.get("sort") : "file";
    const target = linked && findings.find((one) => one.mark === linked);
    controls();
    update();
    if (target) {
      history.replaceState(null, "", `#finding=${linked}`);
      const element = card(target);
      element.classList.add("linked");
      element.tabIndex = -1;
      byId("list").prepend(element);
      element.focus();
    }
  }

  let waiting = 0;
  byId("search").addEventListener("input", (event) => {
    state.search = event.target.value;
    clearTimeout(waiting);
    waiting = setTimeout(update, 120);
  });
  for (const name of ["rule", "group", "sort"]) {
    byId(name).addEventListener("change", (event) => { state[name] = event.target.value; update(); });
  }
  for (const box of document.getElementsByName("severity")) {
    box.addEventListener("change", () => {
      state.severities = new Set([...document.getElementsByName("severity")].filter((one) => one.checked).map((one) => Number(one.value)));
      update();
    });
  }
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
  byId("controls").addEventListener("reset", (event) => {
    event.preventDefault();
    Object.assign(state, { search: "", severities: new Set([0, 1, 2]), rule: "", family: "", year: null, group: "record", sort: "file" });
    controls();
    update();
  });
  byId("more").addEventListener("click", showMore);
  let openedToPrint = [];
  addEventListener("beforeprint", () => {
    while (!byId("more").hidden) showMore();
    openedToPrint = [...document.querySelectorAll(".group > h2 > button[aria-expanded=false]")];
    for (const button of openedToPrint) button.click();
    for (let more; (more = document.querySelector(".group > div > button")); ) more.click();
  });
  addEventListener("afterprint", () => { for (const button of openedToPrint) button.click(); });
  addEventListener("hashchange", recall);
  for (const code of Object.keys(data.rules)) byId("rule").append(make("option", { value: code, textContent: `${code} ${data.rules[code].name}` }));
  document.querySelector("main").hidden = false;
  recall();
})();
