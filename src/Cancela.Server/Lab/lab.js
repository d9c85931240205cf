'use strict';
// Draws the plots from the JSON of the page. They are drawn anew when the width or the language changes: text keeps its size.
const report = JSON.parse(document.getElementById('report').textContent);
const strategies = report.strategies;
const pt = document.getElementById('speak-pt');

const words = {
  en: {
    added: 'processor time that the gate adds to a request, µs', added_short: 'processor time added, µs', plain: 'plain form', median: 'median', none: 'none', slowest: 'slowest',
    sign_in: 'sign-in', request: 'request', renewal: 'renewal', sign_out: 'sign-out', latency: 'from the request to its answer', anonymous: 'anonymous', gated: 'behind the gate',
    credential: 'header', answer: 'answer', sign_ins: 'sign-ins', renewals: 'renewals',
  },
  'pt-BR': {
    added: 'tempo de processador que a cancela acrescenta a uma requisição, µs', added_short: 'tempo de processador a mais, µs', plain: 'forma simples', median: 'mediana', none: 'nenhuma', slowest: 'mais lenta',
    sign_in: 'entrada', request: 'requisição', renewal: 'renovação', sign_out: 'saída', latency: 'da requisição até a resposta', anonymous: 'anônima', gated: 'atrás da cancela',
    credential: 'cabeçalho', answer: 'resposta', sign_ins: 'entradas', renewals: 'renovações',
  },
};
let say, language;

const number = (value, decimals = 0) => new Intl.NumberFormat(language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);

/** A time in the largest unit that says it. */
function time(milliseconds) {
  const units = [[86400000, 'd'], [3600000, 'h'], [60000, 'min'], [1000, 's'], [1, 'ms'], [0.001, 'µs']];
  const [size, unit] = units.find(([least]) => milliseconds >= least * 0.9999) ?? units.at(-1);
  // A token's day is called by its hours.
  if (unit === 'd' && milliseconds < 2 * size) return `${number(milliseconds / 3600000)} h`;
  const value = milliseconds / size;
  return `${number(value, value < 10 && value % 1 > 0.05 ? 1 : 0)} ${unit}`;
}

function element(name, attributes, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, typeof value === 'number' ? Math.round(value * 100) / 100 : value);
  made.append(...children.filter((child) => child !== null));
  return made;
}
const text = (x, y, content, kind = '', anchor = 'start') => element('text', { x, y, class: kind, 'text-anchor': anchor }, content);
const line = (x1, y1, x2, y2, kind) => element('line', { x1, y1, x2, y2, class: kind });
const rect = (x, y, width, height, kind, title) => element('rect', { x, y, width: Math.max(0, width), height, rx: 2, class: kind }, title ? element('title', {}, title) : null);

function canvas(width, height, title, children) {
  return element('svg', { viewBox: `0 0 ${width} ${height}`, height, role: 'img', 'aria-label': title }, ...children);
}

/** What a strategy is drawn as, so that colour is not all that tells it from the others. */
const shapes = {
  session: (x, y, r) => element('circle', { cx: x, cy: y, r }),
  jwt: (x, y, r) => element('rect', { x: x - r * 0.9, y: y - r * 0.9, width: r * 1.8, height: r * 1.8 }),
  'jwt-cookie': (x, y, r) => element('path', { d: `M${x} ${y - r * 1.25}L${x + r * 1.25} ${y}L${x} ${y + r * 1.25}L${x - r * 1.25} ${y}Z` }),
  'refresh-denylist': (x, y, r) => element('path', { d: `M${x} ${y - r * 1.15}L${x + r * 1.1} ${y + r * 0.85}L${x - r * 1.1} ${y + r * 0.85}Z` }),
  'refresh-rotation': (x, y, r) => element('path', { d: `M${x} ${y + r * 1.15}L${x + r * 1.1} ${y - r * 0.85}L${x - r * 1.1} ${y - r * 0.85}Z` }),
};
function mark(profile, x, y, r, hollow, title) {
  const made = shapes[profile](x, y, r);
  made.setAttribute('class', `mark s-${profile}${hollow ? ' hollow' : ''}`);
  if (title) made.append(element('title', {}, title));
  return made;
}

/** Numbers to write at an axis from 0 to the most: few, and round. */
function ticks(most, wanted) {
  const rough = most / wanted, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((times) => times * power).find((size) => size >= rough);
  return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, at) => at * step);
}

/** Two bars for each strategy, its name above them where there is no room beside. */
function pairs(width, title, values, options = {}) {
  const beside = width >= 440, left = beside ? 132 : 0, right = options.right ?? 64, height = options.single ? 20 : 15, head = beside ? 0 : 20;
  const row = head + height * (options.single ? 1 : 2) + 14, least = options.log ? 1 : 0;
  const most = Math.max(...values.flat().map((one) => one?.value ?? 0));
  const scale = (value) => (options.log ? Math.log10(Math.max(value, least)) / Math.log10(most) : value / most) * (width - left - right);
  const parts = [];
  values.forEach((bars, at) => {
    const y = at * row + 4;
    parts.push(text(0, y + (beside ? height * (options.single ? 0.5 : 1) + 5 : 12), strategies[at].profile, 'who'));
    bars.forEach((bar, which) => {
      const top = y + head + which * (height + 1);
      if (bar === null) return void parts.push(text(left + 4, top + height - 3, say.none, 'dim'));
      parts.push(rect(left, top, scale(bar.value), height, which === 0 && !options.single ? 'first' : 'second', bar.title));
      parts.push(text(left + scale(bar.value) + 6, top + height - 3, bar.label, which === 0 && !options.single ? 'dim' : ''));
    });
  });
  return canvas(width, values.length * row, title, parts);
}

const plots = {
  throughput: (width, title) => pairs(width, title, strategies.map((of) => [
    { value: of.anonymous_per_second, label: number(of.anonymous_per_second), title: say.anonymous },
    { value: of.authenticated_per_second, label: `${number(of.authenticated_per_second)}  (${number(of.ratio, 2)}×)`, title: say.gated },
  ]), { right: 116 }),

  bytes: (width, title) => pairs(width, title, strategies.map((of) => [
    { value: of.bytes.sign_in_answer, label: number(of.bytes.sign_in_answer), title: say.answer },
    { value: of.bytes.credential_per_request, label: number(of.bytes.credential_per_request), title: say.credential },
  ])),

  memory: (width, title) => pairs(width, title, strategies.map((of) => [
    { value: Math.max(0, of.memory_bytes_per_session), label: number(of.memory_bytes_per_session) },
  ]), { single: true }),

  entries: (width, title) => pairs(width, title, strategies.map((of) => [
    { value: of.logins_per_second, label: number(of.logins_per_second), title: say.sign_ins },
    of.refreshes_per_second === null ? null : { value: of.refreshes_per_second, label: number(of.refreshes_per_second), title: say.renewals },
  ]), { log: true }),

  // One bar of two parts: the gate's stands behind the anonymous request's.
  cpu(width, title) {
    const beside = width >= 440, left = beside ? 132 : 0, right = 128, head = beside ? 0 : 20, row = head + 34;
    const most = Math.max(...strategies.map((of) => Math.max(of.cpu_microseconds.anonymous + Math.max(0, of.cpu_microseconds.added), of.cpu_microseconds.authenticated)));
    const scale = (value) => (value / most) * (width - left - right);
    const parts = strategies.flatMap((of, at) => {
      const { anonymous, added } = of.cpu_microseconds, y = at * row + 4, end = scale(anonymous) + scale(Math.max(0, added));
      return [
        text(0, y + (beside ? 16 : 12), of.profile, 'who'),
        rect(left, y + head, scale(anonymous), 22, 'first', say.anonymous), rect(left + scale(anonymous) + 1, y + head, scale(Math.max(0, added)), 22, 'second', say.gated),
        text(left + end + 8, y + head + 16, `${number(anonymous, 1)} ${added < 0 ? '−' : '+'} ${number(Math.abs(added), 1)} µs`),
      ];
    });
    return canvas(width, strategies.length * row, title, parts);
  },

  // A mark for each round trip.
  trips(width, title) {
    const columns = ['sign_in', 'authenticated_request', 'renewal', 'sign_out'], names = [say.sign_in, say.request, say.renewal, say.sign_out];
    const beside = width >= 480, left = beside ? 132 : 0, head = beside ? 0 : 20, column = (width - left) / columns.length, row = head + 34;
    const parts = names.map((name, at) => text(left + at * column, 12, name, 'dim'));
    strategies.forEach((of, at) => {
      const y = 22 + at * row;
      parts.push(line(0, y, width, y, 'grid'), text(0, y + (beside ? 22 : 16), of.profile, 'who'));
      columns.forEach((name, which) => {
        const trips = of.store_round_trips[name], x = left + which * column, middle = y + head + 17;
        if (trips === null) return void parts.push(text(x, middle + 5, '–', 'dim'));
        const all = trips.statements + (trips.redis ?? 0);
        const title = `${of.profile}, ${names[which]}: ${trips.statements} SQL${trips.redis === null ? '' : `, ${trips.redis} Redis`}`;
        if (all === 0) return void parts.push(element('text', { x, y: middle + 5, class: 'who' }, '0', element('title', {}, title)));
        const step = Math.min(15, (column - 8) / all);
        for (let i = 0; i < all; i++) {
          const here = x + i * step;
          parts.push(i < trips.statements ? rect(here, middle - 5.5, step * 0.75, 11, 'second', title) : element('circle', { cx: here + step * 0.4, cy: middle, r: step * 0.33, class: 'ring' }, element('title', {}, title)));
        }
      });
    });
    return canvas(width, 22 + strategies.length * row, title, parts);
  },

  // A ridge for each strategy over one logarithmic axis.
  latency(width, title) {
    const beside = width >= 560, left = beside ? 140 : 4, right = 16, ridge = beside ? 44 : 40, row = ridge + (beside ? 24 : 52), bottom = 34;
    // What took longer than one of 50,000 did is in the table; here it would push the rest aside.
    const share = (latencies) => latencies.histogram.map((bucket) => [bucket.up_to_microseconds, bucket.count / latencies.count]);
    const both = strategies.map((of) => ({ gated: share(of.latency_microseconds.authenticated), anonymous: share(of.latency_microseconds.anonymous) }));
    const seen = both.flatMap((one) => [...one.gated, ...one.anonymous]).filter(([, part]) => part > 0.00002).map(([at]) => at);
    const [low, high] = [Math.log10(Math.min(...seen) * 0.85), Math.log10(Math.max(...seen) * 1.1)];
    const x = (micro) => left + (Math.log10(micro) - low) / (high - low) * (width - left - right);
    const peak = Math.max(...both.flatMap((one) => [...one.gated, ...one.anonymous]).map(([, part]) => part));
    const octave = 2 ** (1 / 8), height = strategies.length * row;
    const parts = [];
    for (let power = Math.floor(low); power <= high; power++) {
      for (const at of (beside ? [1, 2, 5] : [1, 3]).map((times) => times * 10 ** power).filter((micro) => Math.log10(micro) >= low && Math.log10(micro) <= high))
        parts.push(line(x(at), 0, x(at), height, 'grid'), text(x(at), height + 16, time(at / 1000), 'dim', 'middle'));
    }
    strategies.forEach((of, at) => {
      const base = at * row + ridge + (beside ? 8 : 30);
      // Buckets that hold none are not in the JSON: the curve goes down to the line between two that are apart.
      const curve = (all) => {
        const points = all.filter(([upTo]) => Math.log10(upTo) <= high && Math.log10(upTo) >= low);
        const path = [`M${x(points[0][0] / octave).toFixed(1)} ${base}`];
        points.forEach(([upTo, part], i) => {
          path.push(`L${x(upTo / octave ** 0.5).toFixed(1)} ${(base - part / peak * ridge).toFixed(1)}`);
          if (!points[i + 1] || points[i + 1][0] > upTo * octave * 1.05) path.push(`L${x(upTo).toFixed(1)} ${base}`);
          if (points[i + 1] && points[i + 1][0] > upTo * octave * 1.05) path.push(`L${x(points[i + 1][0] / octave).toFixed(1)} ${base}`);
        });
        return path.join('');
      };
      parts.push(
        line(left, base, width - right, base, 'axis'), text(0, beside ? base - 8 : base - ridge - 12, of.profile, 'who'),
        element('path', { d: curve(both[at].anonymous), class: 'outline' }), element('path', { d: curve(both[at].gated), class: `area s-${of.profile}` }));
      const quantiles = [['p50', of.latency_microseconds.authenticated.p50], ['p99', of.latency_microseconds.authenticated.p99], ['p99.9', of.latency_microseconds.authenticated.p999]]
        .map(([name, value]) => ({ value, label: `${name} ${time(value / 1000)}` }));
      if (!beside) parts.push(text(0, base + 15, quantiles.map((one) => one.label).join('   '), 'dim'));
      let free = -1;
      for (const { value, label } of quantiles.filter((one) => Math.log10(one.value) <= high)) {
        parts.push(line(x(value), base - 7, x(value), base + 3, 'tick'));
        if (!beside) continue;
        const from = Math.max(free, Math.min(x(value) - 4, width - label.length * 6.6));
        parts.push(text(from, base + 15, label, 'dim'));
        free = from + label.length * 6.6 + 6;
      }
    });
    parts.push(text(width - right, height + 31, say.latency, 'dim', 'end'));
    return canvas(width, height + bottom, title, parts);
  },

  // What it costs to the right, how long a sign-out goes unnoticed upwards.
  revocation(width, title) {
    const left = 58, right = 20, top = 20 + 22 * Math.ceil(strategies.length / Math.max(1, Math.floor(width / 170))), height = width < 560 ? 330 : 380, bottom = 44;
    const points = strategies.map((of) => ({ of, cost: Math.max(0, of.cpu_microseconds.added), plain: of.plain_form.revocation_delay_seconds * 1000, ...of.revocation_delay_ms }));
    const most = Math.max(...points.map((point) => point.cost)) * 1.18 || 1;
    const low = Math.floor(Math.log10(Math.min(...points.map((point) => Math.max(point.p50, 0.01))))), high = Math.log10(2 * 86400000);
    const x = (cost) => left + cost / most * (width - left - right);
    const y = (delay) => top + height - (Math.log10(Math.max(delay, 10 ** low)) - low) / (high - low) * height;
    const parts = [];
    for (const at of [0.01, 0.1, 1, 10, 100, 1000, 10000, 60000, 900000, 3600000, 86400000].filter((delay) => Math.log10(delay) >= low))
      parts.push(line(left, y(at), width - right, y(at), 'grid'), text(left - 8, y(at) + 4, time(at), 'dim', 'end'));
    for (const at of ticks(most, width < 560 ? 4 : 8)) parts.push(line(x(at), top + height, x(at), top + height + 5, 'axis'), text(x(at), top + height + 19, number(at, at % 1 ? 1 : 0), 'dim', 'middle'));
    parts.push(line(left, top + height, width - right, top + height, 'axis'), text(width - right, top + height + 38, width < 560 ? say.added_short : say.added, 'dim', 'end'));
    const each = Math.max(1, Math.floor(width / 170));
    points.forEach((point, at) => {
      const here = x(point.cost), name = point.of.profile;
      parts.push(mark(name, (at % each) * 170 + 8, 10 + Math.floor(at / each) * 22, 6, false), text((at % each) * 170 + 22, 15 + Math.floor(at / each) * 22, name, 'who'));
      if (point.plain > 0) {
        parts.push(line(here, y(point.plain) + 8, here, y(point.max) - 4, 'fall'), mark(name, here, y(point.plain), 7, true, `${name}, ${say.plain}: ${time(point.plain)}`));
        if (!points.slice(0, at).some((other) => other.plain === point.plain && Math.abs(x(other.cost) - here) < 120)) {
          const atEdge = here > width - right - 64;
          parts.push(text(here + (atEdge ? -12 : 12), y(point.plain) + 4, time(point.plain), 'dim', atEdge ? 'end' : 'start'));
        }
      }
      parts.push(element('line', { x1: here, y1: y(point.p50), x2: here, y2: y(point.max), class: `whisker s-${name}` }));
      parts.push(line(here - 4, y(point.max), here + 4, y(point.max), `whisker s-${name}`));
      parts.push(mark(name, here, y(point.p50), 7, false, `${name}: ${say.median} ${time(point.p50)}, ${say.slowest} ${time(point.max)}, +${number(point.cost, 1)} µs`));
    });
    return canvas(width, top + height + bottom, title, parts);
  },
};

function draw() {
  language = pt.checked ? 'pt-BR' : 'en';
  say = words[language];
  document.documentElement.lang = language;
  document.title = pt.checked ? 'Cancela lab: sessão ou JWT?' : 'Cancela lab: session or JWT?';
  for (const figure of document.querySelectorAll('[data-plot]')) {
    const place = figure.querySelector('.plot');
    const title = figure.querySelector(`h2 [lang="${language}"]`).textContent;
    place.replaceChildren(plots[figure.dataset.plot](Math.max(260, place.clientWidth), title));
  }
}

for (const choice of document.getElementsByName('speak')) choice.addEventListener('change', draw);
let width = 0;
new ResizeObserver(() => {
  if (width === document.body.clientWidth) return;
  width = document.body.clientWidth;
  draw();
}).observe(document.body);
