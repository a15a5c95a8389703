// Makes pages smooth; every page works without it.
(() => {
  const ANNOUNCE_EVERY = 5000;
  const lost = () => document.getElementById("lost");

  // A lost connection is said; when it is back, what may have changed meanwhile is fetched.
  let away = false;
  const say = (what) => {
    const box = lost();
    if (!box) return;
    box.hidden = what === null;
    box.querySelectorAll("[data-lost]").forEach((part) => { part.hidden = part.dataset.lost !== what; });
  };
  const refreshAll = () => document.querySelectorAll(".refresh").forEach((part) => htmx.trigger(part, "refresh"));
  let waiting = null;
  document.addEventListener("htmx:sseError", () => {
    away = true;
    // A stream that ends in good order is open again at once: no need to speak of it.
    if (waiting === null) waiting = setTimeout(() => { if (away) say("away"); }, 4000);
  });
  // Also the first time: what changed after the page was made, and before the stream was open, was told to nobody.
  document.addEventListener("htmx:sseOpen", (event) => {
    clearTimeout(waiting);
    waiting = null;
    if (away) say(null);
    away = false;
    listen(event.detail.source);
    refreshAll();
  });

  // A page that takes another's place is older than what was told while it came, and was not there to hear it.
  let told = -1;
  const heard = new WeakSet();
  const asked = new WeakMap();
  const listen = (source) => {
    if (heard.has(source)) return;
    heard.add(source);
    ["alert", "conflict", "integration", "items", "job"].forEach((type) =>
      source.addEventListener(type, () => { told = performance.now(); }));
  };
  document.addEventListener("htmx:beforeSend", (event) => asked.set(event.detail.xhr, performance.now()));
  document.addEventListener("htmx:afterSettle", (event) => {
    if (asked.get(event.detail.xhr) < told) {
      event.target.querySelectorAll(".refresh").forEach((part) => htmx.trigger(part, "refresh"));
    }
  });

  // A part is not exchanged under somebody's hands: it waits until its menu is closed, its field is left, and a form in it
  // is answered. An answer to a form that is gone would not know where it belongs.
  const busy = (part) => part.querySelector("details.menu[open], .htmx-request:not(.refresh)")
    || (part.contains(document.activeElement) && /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName));
  const late = new Set();

  // What somebody ticked, and has not sent, is ticked in the part that takes its place.
  const ticks = new Map();
  const boxes = (part) => [...part.querySelectorAll("input[type=checkbox]")];
  const keepTicks = (part) => {
    const changed = boxes(part).filter((box) => box.checked !== box.defaultChecked);
    ticks.set(part.id, new Map(changed.map((box) => [`${box.name} ${box.value}`, box.checked])));
  };
  document.addEventListener("htmx:afterSwap", () => {
    ticks.forEach((changed, id) => {
      const part = document.getElementById(id);
      if (part) boxes(part).filter((box) => changed.has(`${box.name} ${box.value}`)).forEach((box) => { box.checked = changed.get(`${box.name} ${box.value}`); });
    });
    ticks.clear();
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const asker = event.detail.requestConfig && event.detail.requestConfig.elt;
    if (event.detail.target.id === "main") event.detail.selectOverride = "#main";
    if (event.detail.xhr.status === 401) {
      event.detail.shouldSwap = false;
      say("out");
    } else if (asker && asker.classList.contains("refresh")) {
      if (event.detail.xhr.status >= 400) {
        event.detail.shouldSwap = false;
      } else if (busy(event.detail.target)) {
        event.detail.shouldSwap = false;
        late.add(asker);
      } else {
        keepTicks(event.detail.target);
      }
    }
  });
  const catchUp = () => {
    const asking = [...late];
    late.clear();
    asking.filter((part) => document.contains(part)).forEach((part) => htmx.trigger(part, "refresh"));
  };
  document.addEventListener("toggle", (event) => {
    if (event.target.matches("details.menu") && !event.target.open) catchUp();
  }, true);
  document.addEventListener("focusout", () => { if (late.size) setTimeout(catchUp, 50); });
  document.addEventListener("htmx:sendError", () => say("away"));
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful && !away) say(null);
  });

  // Menus close by Escape and by a click elsewhere.
  const openMenus = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("click", (event) => openMenus().forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  }));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    openMenus().forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  // After going to another page without loading one, reading begins at its heading.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "main" && event.detail.target?.id !== "main") return;
    const first = document.querySelector("main [aria-invalid='true'], main h1");
    if (first) {
      if (first.tagName === "H1") first.tabIndex = -1;
      first.focus({ preventScroll: first.tagName === "H1" });
    }
    markConflict(0);
  });

  // Times told as "2 minutes ago" stay true.
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
  const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const ago = () => document.querySelectorAll("time[data-ago]").forEach((time) => {
    const seconds = Math.round((Date.parse(time.dateTime) - Date.now()) / 1000);
    const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) >= size) || UNITS[3];
    time.textContent = Math.abs(seconds) < 10 ? "just now" : words.format(Math.trunc(seconds / length), unit);
  });
  setInterval(ago, 15000);

  // Progress is read out now and then, not each time it moves.
  let said = "";
  setInterval(() => {
    const text = [...document.querySelectorAll("[data-announce]")].map((part) => part.innerText.trim()).join(". ");
    const region = document.getElementById("announce");
    if (region && text !== said) region.textContent = said = text;
  }, ANNOUNCE_EVERY);

  // Conflicts by keyboard: j and k to the next and the last field, 1, 2, 3 for a side, Enter to decide.
  let field = 0;
  const rows = () => [...document.querySelectorAll(".sides tbody tr")];
  function markConflict(index) {
    const all = rows();
    if (!all.length) return;
    field = Math.max(0, Math.min(all.length - 1, index));
    all.forEach((row, place) => row.classList.toggle("current", place === field));
    all[field].scrollIntoView({ block: "nearest" });
  }
  const result = () => rows().forEach((row) => {
    const chosen = row.querySelector("input:checked");
    const shown = document.querySelector(`[data-result="${CSS.escape(row.dataset.field)}"]`);
    if (!chosen || !shown) return;
    const value = chosen.closest("label").querySelector("[data-value]").cloneNode(true);
    value.querySelectorAll("del").forEach((gone) => gone.remove());
    shown.textContent = value.textContent;
  });
  document.addEventListener("change", (event) => { if (event.target.closest(".sides")) result(); });
  document.addEventListener("keydown", (event) => {
    if (!rows().length || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(TEXTAREA|SELECT|BUTTON|A|SUMMARY)$/.test(event.target.tagName)) return;
    if (event.target.tagName === "INPUT" && event.target.type !== "radio") return;
    if (event.key === "j" || event.key === "k") {
      markConflict(field + (event.key === "j" ? 1 : -1));
    } else if (/^[123]$/.test(event.key)) {
      const choice = rows()[field].querySelectorAll("input[type=radio]")[Number(event.key) - 1];
      if (choice) {
        choice.checked = true;
        result();
      }
    } else if (event.key === "Enter") {
      document.querySelector(".sides").closest("form").requestSubmit();
    } else {
      return;
    }
    event.preventDefault();
  });

  // An all-day event has no times.
  const allDay = () => document.querySelectorAll("[data-all-day]").forEach((box) =>
    box.form.querySelectorAll("[data-time]").forEach((part) => { part.hidden = box.checked; }));
  document.addEventListener("change", allDay);
  document.addEventListener("htmx:afterSettle", allDay);
  allDay();
  markConflict(0);
})();
