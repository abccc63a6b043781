window.modal = {
  // The focus into the view that lies on top: to the field that asks for it, or to the view itself.
  enter() {
    setTimeout(() => {
      const frame = document.querySelector(".modal");
      if (frame) (frame.querySelector("[autofocus]") || frame).focus();
    }, 60);
  },

  // Brings the first sentence under a field into view, and the caret into that field.
  showFirstError() {
    setTimeout(() => {
      const shown = [...document.querySelectorAll(".modal .input-error")].find((each) => each.checkVisibility());
      if (!shown) return;
      const block = shown.closest(".block-input");
      block.scrollIntoView({ block: "center" });
      block.querySelector("input, textarea, select")?.focus({ preventScroll: true });
    }, 80);
  },
};

// Escape closes the view on top, wherever the focus is; a menu or a question over it goes first.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  // One that is fading away is closed already.
  if (document.querySelector(".q-menu:not([class*='leave-active']), .confirm, .external-offer")) return;
  document.querySelector(".modal .closes-view")?.click();
});

// Tab stays inside the dialog on top.
document.addEventListener("keydown", (event) => {
  const frame = [...document.querySelectorAll(".dialog")].filter((each) => each.checkVisibility()).at(-1);
  if (event.key !== "Tab" || !frame) return;
  const stops = [...frame.querySelectorAll("a[href], button, input, select, textarea, [tabindex='0']")];
  const open = stops.filter((each) => !each.disabled && each.checkVisibility());
  const [first, last] = [open.at(0), open.at(-1)];
  const outside = !frame.contains(document.activeElement);
  if (event.shiftKey ? document.activeElement === first || outside : document.activeElement === last || outside) {
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }
});
