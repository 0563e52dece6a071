// The page of a map: pan and zoom, another lens, another depth, search, a card for every box. It loads nothing.
'use strict';
(() => {
  const page = JSON.parse(document.getElementById('facts').textContent);
  const byId = (id) => document.getElementById(id);
  const map = byId('map'), card = byId('card'), said = byId('said'), find = byId('find');
  const depths = [...map.querySelectorAll('.depth')];
  let lens = page.lenses[0], depth = depths.length - 1, view = null, hits = [], hit = -1, step = null, pinned = null;

  // -- what is shown ---------------------------------------------------------------------------
  const boxesOf = (place) => [...depths[place].querySelectorAll('.box')];
  const size = () => ({ width: +depths[depth].dataset.width, height: +depths[depth].dataset.height });

  function paint() {
    for (const box of depths[depth].querySelectorAll('.leaf')) {
      const look = lens.looks[lens.look_of[box.dataset.id] ?? lens.looks.length - 1];
      const own = box.firstElementChild.nextElementSibling, shape = own.querySelector('.card');
      shape.setAttribute('fill', look.fill);
      shape.setAttribute('stroke', look.dashed ? page.unknown_edge : look.edge || 'none');
      if (look.dashed) shape.setAttribute('stroke-dasharray', '3 2.4'); else shape.removeAttribute('stroke-dasharray');
      for (const mark of own.querySelectorAll('.ink')) mark.setAttribute(mark.tagName === 'text' ? 'fill' : 'stroke', look.ink);
      for (const chip of own.querySelectorAll('[data-chip]')) chip.setAttribute('stroke', look.chip_edges[+chip.dataset.chip] || 'none');
      besides(box, own, look);
    }
  }

  // Bars of further measures and marks of doubt, which come and go with the lens.
  function drawn(tag, values) {
    const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
    made.setAttribute('class', 'extra');
    for (const [name, value] of Object.entries(values)) made.setAttribute(name, value);
    return made;
  }

  function besides(box, own, look) {
    for (const old of own.querySelectorAll('.extra')) old.remove();
    const [x, y, width, height] = box.dataset.at.split(' ').map(Number), id = box.dataset.id, of = page.sizes;
    const count = lens.bars.length;
    if (count) {
      const top = y + height - of.foot - of.height, room = width - 2 * of.side, each = (room - of.gap * (count - 1)) / count;
      own.append(drawn('rect', { x: x + of.side - of.plate, y: top - of.plate, width: room + 2 * of.plate,
        height: of.height + 2 * of.plate, rx: 1.4, fill: page.unknown_fill }));
      lens.bars.forEach((bar, place) => {
        const step = bar.step_of[id], left = x + of.side + place * (each + of.gap);
        own.append(step === undefined
          ? drawn('rect', { x: left, y: top + of.height / 2 - 0.35, width: each, height: 0.7, fill: page.unknown_edge })
          : drawn('rect', { x: left, y: top, width: each, height: of.height, rx: 1, fill: bar.fills[step],
            stroke: bar.edges[step] || 'none', 'stroke-width': 0.5 }));
      });
    }
    own.append(...doubts(lens.doubts_of[id] || [], x + width, y, look.ink));
  }

  function doubts(kinds, right, y, ink) {
    const of = page.sizes, made = [], old = kinds.includes('old');
    if (old) for (const stroke of of.strokes) {
      made.push(drawn('line', { x1: right - stroke, y1: y + 0.9, x2: right - 0.9, y2: y + stroke, stroke: ink,
        'stroke-width': 0.95, 'stroke-opacity': 0.72 }));
    }
    if (kinds.includes('single')) {
      const left = right - (old ? of.corner : 2.4) - of.shoulders, look = { fill: ink, 'fill-opacity': 0.72 };
      made.push(drawn('circle', { cx: left + of.shoulders / 2, cy: y + 1.5 + of.head / 2, r: of.head / 2, ...look }));
      made.push(drawn('rect', { x: left, y: y + 1.9 + of.head, width: of.shoulders, height: of.chest, rx: of.chest / 2, ...look }));
    }
    return made;
  }

  function legend() {
    const place = byId('legend');
    place.textContent = '';
    const name = document.createElement('b');
    name.textContent = lens.title;
    place.append(name);
    lens.labels.forEach(([label, count], index) => {
      const look = lens.looks[index], button = document.createElement('button'), swatch = document.createElement('i');
      swatch.style.background = look.fill;
      swatch.style.borderColor = look.dashed ? page.unknown_edge : look.edge || look.fill;
      if (look.dashed) swatch.style.borderStyle = 'dashed';
      const counted = document.createElement('span');
      counted.textContent = `(${count})`;
      button.append(swatch, label, ' ', counted);
      button.type = 'button';
      button.setAttribute('aria-pressed', String(step === index));
      button.addEventListener('click', () => { step = step === index ? null : index; find.value = ''; light(); legend(); });
      place.append(button);
    });
    const told = (made, label, count) => {
      const item = document.createElement('span'), counted = document.createElement('span');
      item.className = 'key';
      counted.textContent = `(${count})`;
      item.append(made, label, ' ', counted);
      place.append(item);
    };
    for (const [kind, label, count] of lens.doubts) {
      const sample = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      sample.setAttribute('viewBox', '0 0 24 13');
      sample.append(drawn('rect', { width: 24, height: 13, rx: 3, fill: page.plain_fill }), ...doubts([kind], 24, 0, '#1d2430'));
      told(sample, label, count);
    }
    lens.bars.forEach((bar, number) => {
      const title = document.createElement('b'), turn = document.createElement('div');
      turn.className = 'turn';
      place.append(turn);
      title.textContent = `Bar ${number + 1}: ${bar.title}`;
      place.append(title);
      bar.labels.forEach(([label, count], step) => {
        const swatch = document.createElement('i');
        swatch.style.background = bar.fills[step] || page.unknown_fill;
        swatch.style.borderColor = bar.fills[step] ? bar.edges[step] || bar.fills[step] : page.unknown_edge;
        if (!bar.fills[step]) swatch.style.borderStyle = 'dashed';
        told(swatch, label, count);
      });
    });
    byId('story').textContent = lens.story;
  }

  function showDepth(place) {
    depths[depth].classList.remove('shown');
    depth = place;
    depths[depth].classList.add('shown');
    drop();
    paint();
    fit();
    light();
  }

  // -- search ----------------------------------------------------------------------------------
  const plain = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();

  function light() {
    const words = plain(find.value.trim());
    hits = boxesOf(depth).filter((box) => {
      const fact = page.facts[box.dataset.id];
      if (words) return plain(fact.name).includes(words) || fact.number === words;
      return step !== null && box.classList.contains('leaf') && lens.look_of[box.dataset.id] === step;
    });
    const searching = words !== '' || step !== null;
    map.classList.toggle('searching', searching);
    for (const box of map.querySelectorAll('.lit')) box.classList.remove('lit');
    for (const box of hits) box.classList.add('lit');
    hit = -1;
    byId('found').textContent = searching ? `${hits.length} found` : '';
  }

  function goOn(way) {
    if (!hits.length) return;
    hit = (hit + way + hits.length) % hits.length;
    choose(hits[hit], true);
  }

  // -- pan and zoom ----------------------------------------------------------------------------
  function apply() {
    map.setAttribute('viewBox', `${view.x} ${view.y} ${view.width} ${view.height}`);
  }

  function fit() {
    const whole = size(), edge = 12;
    view = { x: -edge, y: -edge, width: whole.width + 2 * edge, height: whole.height + 2 * edge };
    apply();
  }

  // The view box is scaled until it fits, so one unit is this many pixels in both directions.
  const scale = () => Math.min(map.clientWidth / view.width, map.clientHeight / view.height);

  function place(x, y) {
    const frame = map.getBoundingClientRect(), unit = scale();
    return {
      x: view.x + view.width / 2 + (x - frame.left - frame.width / 2) / unit,
      y: view.y + view.height / 2 + (y - frame.top - frame.height / 2) / unit,
    };
  }

  function zoom(factor, x, y) {
    const frame = map.getBoundingClientRect();
    const at = place(x ?? frame.left + frame.width / 2, y ?? frame.top + frame.height / 2), whole = size();
    const wanted = view.width / factor;
    if (wanted > whole.width * 4 || wanted < 40) return;
    view = { x: at.x - (at.x - view.x) / factor, y: at.y - (at.y - view.y) / factor, width: wanted, height: view.height / factor };
    apply();
  }

  function move(dx, dy) {
    const unit = scale();
    view.x -= dx / unit;
    view.y -= dy / unit;
    apply();
  }

  function goTo(box) {
    const [x, y, width, height] = box.dataset.at.split(' ').map(Number), whole = size();
    const shown = Math.min(whole.width + 24, Math.max(width * 4, (height * 4 * map.clientWidth) / map.clientHeight));
    const ratio = map.clientHeight / map.clientWidth;
    const inside = (wanted, room, whole) => Math.max(-12, Math.min(wanted, whole + 12 - room));
    view = {
      x: inside(x + width / 2 - shown / 2, shown, whole.width),
      y: inside(y + height / 2 - (shown * ratio) / 2, shown * ratio, whole.height),
      width: shown, height: shown * ratio,
    };
    apply();
  }

  // -- the card --------------------------------------------------------------------------------
  function tell(box, passing) {
    const fact = page.facts[box.dataset.id];
    card.textContent = '';
    const add = (tag, text, kind) => {
      const made = document.createElement(tag);
      made.textContent = text;
      if (kind) made.className = kind;
      card.append(made);
      return made;
    };
    add('div', [fact.number, fact.place].filter(Boolean).join('  ·  '), 'place');
    add('h2', fact.name);
    const label = lens.labels[lens.look_of[box.dataset.id]];
    if (label && box.classList.contains('leaf')) add('p', `${lens.title}: ${label[0]}`, 'says');
    const list = document.createElement('dl');
    for (const [name, text] of fact.lines) {
      if (!name) { add('p', text); continue; }
      const term = document.createElement('dt'), words = document.createElement('dd');
      term.textContent = name;
      words.textContent = text;
      list.append(term, words);
    }
    if (list.children.length) card.append(list);
    card.classList.toggle('passing', passing);
    card.hidden = false;
    const frame = map.getBoundingClientRect(), own = box.querySelector('.card').getBoundingClientRect();
    const right = own.right - frame.left + 10, room = frame.width - card.offsetWidth - 12;
    const left = right <= room ? right : Math.max(12, own.left - frame.left - card.offsetWidth - 10);
    card.style.left = `${Math.min(left, Math.max(room, 12))}px`;
    card.style.top = `${Math.max(12, Math.min(own.top - frame.top, frame.height - card.offsetHeight - 12))}px`;
  }

  function choose(box, going) {
    drop();
    pinned = box;
    box.classList.add('chosen');
    if (going) goTo(box);
    tell(box, false);
    said.textContent = `${page.facts[box.dataset.id].name}`;
  }

  function drop() {
    if (pinned) pinned.classList.remove('chosen');
    pinned = null;
    card.hidden = true;
  }

  // -- hands -----------------------------------------------------------------------------------
  const fingers = new Map();
  let moved = 0, spread = 0;
  map.addEventListener('pointerdown', (event) => {
    map.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, event);
    moved = 0;
    map.classList.add('held');
  });
  map.addEventListener('pointermove', (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) {
      const box = event.target.closest?.('.box');
      if (!pinned) { if (box) tell(box, true); else card.hidden = true; }
      return;
    }
    fingers.set(event.pointerId, event);
    if (fingers.size === 1) {
      moved += Math.abs(event.clientX - before.clientX) + Math.abs(event.clientY - before.clientY);
      if (moved > 4) { if (!pinned) card.hidden = true; move(event.clientX - before.clientX, event.clientY - before.clientY); }
    } else if (fingers.size === 2) {
      const [one, other] = [...fingers.values()];
      const now = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
      if (spread) zoom(now / spread, (one.clientX + other.clientX) / 2, (one.clientY + other.clientY) / 2);
      spread = now;
      moved = 9;
    }
  });
  const release = (event) => {
    fingers.delete(event.pointerId);
    spread = 0;
    map.classList.remove('held');
    if (event.type === 'pointerup' && moved <= 4) {
      const box = document.elementFromPoint(event.clientX, event.clientY)?.closest('.box');
      if (box) choose(box, false); else drop();
    }
  };
  map.addEventListener('pointerup', release);
  map.addEventListener('pointercancel', release);
  map.addEventListener('pointerleave', () => { if (!pinned) card.hidden = true; });
  map.addEventListener('wheel', (event) => {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), event.clientX, event.clientY);
  }, { passive: false });
  map.addEventListener('dblclick', (event) => { const box = event.target.closest?.('.box'); if (box) goTo(box); });
  map.addEventListener('keydown', (event) => {
    const steps = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
    if (steps[event.key]) move(...steps[event.key]);
    else if (event.key === '+' || event.key === '=') zoom(1.25);
    else if (event.key === '-') zoom(0.8);
    else if (event.key === '0') fit();
    else if (event.key === 'Escape') drop();
    else return;
    event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === '/' && document.activeElement !== find) { event.preventDefault(); find.focus(); }
  });
  find.addEventListener('input', () => { step = null; light(); legend(); });
  find.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') goOn(event.shiftKey ? -1 : 1);
    if (event.key === 'Escape') { find.value = ''; light(); drop(); }
  });
  byId('lens').addEventListener('change', (event) => {
    lens = page.lenses[event.target.selectedIndex];
    step = null;
    paint();
    legend();
    light();
    if (pinned) tell(pinned, false);
  });
  byId('depth').addEventListener('change', (event) => showDepth(event.target.selectedIndex));
  byId('in').addEventListener('click', () => zoom(1.25));
  byId('out').addEventListener('click', () => zoom(0.8));
  byId('fit').addEventListener('click', fit);
  byId('print').addEventListener('click', () => window.print());
  window.addEventListener('beforeprint', fit);

  paint();
  legend();
  fit();
})();
