// Every text on the screen whose colour stands out too little from what lies under it (WCAG 2.2, 1.4.3).
() => {
  const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
  const over = ([r, g, b, a = 1], [x, y, z]) => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a)];
  const light = (colour) =>
    colour
      .map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);

  // What lies under an element: its own ground and those of its parents, down to the first that covers all.
  const ground = (element) => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
      const style = getComputedStyle(each);
      // The colours of a gradient come first to last: the first is taken for all of it.
      const gradient = style.backgroundImage.match(/rgba?\([^)]*\)/);
      layers.push(numbers(gradient ? gradient[0] : style.backgroundColor));
      if ((layers.at(-1)[3] ?? 1) === 1) break;
    }
    return layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255]);
  };

  const faint = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const words = texts.currentNode.data.trim();
    const hidden = !element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    if (!words || hidden || element.closest("[aria-hidden=true], [disabled], script, style")) continue;
    const style = getComputedStyle(element);
    const under = ground(element);
    const [one, other] = [light(over(numbers(style.color), under)), light(under)].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) faint.push(`${words.slice(0, 40)}: ${ratio.toFixed(2)} (${style.color})`);
  }
  return faint;
}
