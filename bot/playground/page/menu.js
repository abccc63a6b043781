// The arrows go through the menu that is open, as people who use no mouse expect of one.
document.addEventListener("keydown", (event) => {
  const menu = [...document.querySelectorAll(".q-menu:not([class*='leave-active'])")].at(-1);
  if (!menu || !["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) return;
  const items = [...menu.querySelectorAll("[role=menuitem]")].filter((each) => each.checkVisibility());
  if (items.length === 0) return;
  const here = items.indexOf(document.activeElement);
  const there = {
    ArrowDown: (here + 1) % items.length,
    ArrowUp: (here <= 0 ? items.length : here) - 1,
    Home: 0,
    End: items.length - 1,
  };
  items[there[event.key]].focus();
  event.preventDefault();
});
