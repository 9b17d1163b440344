// What pages do beyond links and forms: light what belongs together, drop files, drag over the time line.
"use strict";

function lightUp(names, on) {
  for (const name of names.split(" ")) {
    for (const part of document.querySelectorAll(`[data-events~="${CSS.escape(name)}"]`)) {
      part.classList.toggle("lit", on);
    }
  }
}

function followLights() {
  for (const [event, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(event, (e) => {
      const part = e.target.closest?.("[data-events]");
      if (part) lightUp(part.dataset.events, on);
    });
  }
}

function takeDrops() {
  const drop = document.getElementById("drop");
  if (!drop) return;
  const files = document.getElementById("files");
  for (const event of ["dragover", "dragenter"]) {
    drop.addEventListener(event, (e) => { e.preventDefault(); drop.classList.add("over"); });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (e) => {
    e.preventDefault();
    drop.classList.remove("over");
    files.files = e.dataTransfer.files;
  });
}

// Dragging over the months fills in the form and sends it; a click without a drag follows the month's link.
function brush() {
  const form = document.getElementById("brush");
  const picture = document.querySelector("svg.months");
  if (!form || !picture) return;
  const bins = [...picture.querySelectorAll("[data-bin]")];
  let first = null;
  let moved = false;
  const at = (x) => bins.findLastIndex((bin) => bin.querySelector(".cover").getBoundingClientRect().left <= x);
  const show = (a, b) => bins.forEach((bin, n) => bin.classList.toggle("chosen", n >= Math.min(a, b) && n <= Math.max(a, b)));
  picture.addEventListener("pointerdown", (e) => { if (e.button === 0) { first = Math.max(0, at(e.clientX)); moved = false; } });
  picture.addEventListener("dragstart", (e) => e.preventDefault());
  window.addEventListener("pointermove", (e) => {
    if (first === null) return;
    const now = Math.max(0, at(e.clientX));
    moved ||= now !== first;
    if (moved) show(first, now);
  });
  window.addEventListener("pointerup", (e) => {
    if (first === null) return;
    const last = Math.max(0, at(e.clientX));
    if (moved) {
      form.elements.from.value = bins[Math.min(first, last)].dataset.bin;
      form.elements.to.value = bins[Math.max(first, last)].dataset.bin;
      form.requestSubmit();
    }
    first = null;
  });
  picture.addEventListener("click", (e) => { if (moved) e.preventDefault(); });
}

// A link into a closed row opens it.
function openTarget() {
  const part = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (part && part.matches("tbody")) part.querySelector("details")?.setAttribute("open", "");
}

followLights();
takeDrops();
brush();
openTarget();
window.addEventListener("hashchange", openTarget);
