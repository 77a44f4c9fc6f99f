(() => {
  const account = document.getElementById("parts"), bar = document.querySelector("[data-story]");
  const help = document.getElementById("help"), find = document.getElementById("find"), live = document.getElementById("live");
  // The account has a list of keys of its own; one is enough.
  const keys = document.getElementById("keys");
  if (keys && help) keys.replaceChildren(...help.childNodes);
  const rows = () => [...document.querySelectorAll(".row")].filter(it => it.offsetParent !== null);
  let row = null;
  const choose = it => {
    if (row) row.classList.remove("on");
    row = it;
    if (it) { it.classList.add("on"); it.focus({ preventScroll: true }); it.scrollIntoView({ block: "nearest" }); }
  };
  const chosen = () => account ? document.querySelector(".s.on") : row;
  const open = to => { if (to) location.href = to; };
  const page = it => it && (it.dataset.to || (it.dataset.f && "/facts/" + encodeURIComponent(it.dataset.f)) || (it.querySelector("a.more, a[href^='/']") || {}).href);
  const form = id => {
    const it = document.getElementById(id);
    if (!it) return false;
    it.scrollIntoView({ block: "center" });
    (it.querySelector("input:not([type=hidden]), select") || it).focus();
    return true;
  };
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.matches("input, select, textarea")) { if (event.key === "Escape") event.target.blur(); return; }
    const it = chosen(), key = event.key;
    if (!account && (key === "j" || key === "k")) {
      const list = rows(), at = list.indexOf(row);
      choose(list[Math.max(0, Math.min(list.length - 1, at + (key === "j" ? 1 : -1)))]);
    } else if (key === "o" || key === "Enter" && !account && it && event.target === it) { if (it) { event.preventDefault(); open(page(it)); } }
    else if (key === "m" || key === "d") {
      const id = key === "m" ? "merge" : "divide";
      if (form(id)) event.preventDefault();
      else if (it && it.dataset.to && it.dataset.to.startsWith("/stories/")) open(it.dataset.to + "#" + id);
    } else if (key === "x") {
      if (form("wrong")) event.preventDefault();
      else if (it && it.dataset.f) open(page(it) + "#wrong");
    } else if (key === "u") { if (location.pathname === "/decisions") { const undo = document.querySelector(".undo input:not([type=hidden])"); if (undo) { event.preventDefault(); undo.focus(); } } else open("/decisions"); }
    else if (key === "/" && !account && find) { event.preventDefault(); find.focus(); find.select(); }
    else if (key === "?" && !account && help) help.showModal();
    else if (key === "Escape" && !account) choose(null);
  });
  for (const id of ["merge", "divide", "wrong"]) if (location.hash === "#" + id) form(id);
  // What is new shows itself; the page stays as it is until it is asked for.
  if (live && window.EventSource && document.querySelector("nav.site ul")) {
    let n = 0, timer = 0;
    const source = new EventSource("/events");
    source.addEventListener("desk", event => {
      const told = JSON.parse(event.data);
      if (bar && told.story !== bar.dataset.story) return;
      n += 1;
      clearTimeout(timer);
      timer = setTimeout(() => {
        const again = document.createElement("a");
        again.href = location.pathname + location.search;
        again.textContent = "load the page anew";
        live.replaceChildren((bar ? "This story has changed" : n + (n === 1 ? " thing" : " things") + " happened on the desk") + ": ", again);
        live.hidden = false;
      }, 400);
    });
    addEventListener("pagehide", () => source.close());
  }
})();
