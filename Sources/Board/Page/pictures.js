"use strict";
// Pictures: a shift of traffic (weights over time, shares, who answers what, the running out of old answers) and the
// time line of a report. Each says in words or in a table what it draws.

const svg = (name, about, ...children) => Board.element(`svg:${name}`, about, ...children);

const percentText = (number) => Number.isFinite(number) ? `${Math.round(number * 10) / 10} %` : "";

/** Times for an axis: as many as have room, at lengths that people count in. */
const axisTimes = (from, to, room) => {
    const lengths = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400,
        172800, 604800, 2592000];
    const wanted = (to - from) / 1000 / Math.max(1, Math.floor(room / 110));
    const step = (lengths.find((length) => length >= wanted) ?? Math.ceil(wanted)) * 1000;
    const times = [];
    for (let at = Math.ceil(from / step) * step; at <= to; at += step) times.push(at);
    return times;
};

/** A clock time for an axis, without seconds where every tick is at a whole minute. */
const axisWords = (times) => {
    const isWhole = times.every((at) => at % 60000 === 0);
    return times.map((at) => {
        const words = Board.clock(at, at);
        return isWhole ? words.slice(0, -3) : words;
    });
};

/** Side that a name server's answer leads to. */
const sideOf = (shift, answers, isToldOld) => {
    const known = (side) => side !== null && side !== undefined && answers.some((answer) => answer === side);
    const [isOld, isNew] = [isToldOld || known(shift.old), known(shift.new)];
    if (isOld && (isNew || answers.length > 1)) return ["sideBoth", "busy"];
    if (isOld) return ["sideOld", "plain"];
    // Why not `new`: an alias answers with addresses of a load balancer, which the document does not name.
    return isNew ? ["sideNew", "good"] : ["sideOther", "busy"];
};

/** One shift of traffic. */
class ShiftView {
    constructor() {
        this.name = Board.element("h3", { class: "shift-name" });
        this.way = Board.element("p", { class: "way" });
        this.chart = Board.element("div", { class: "chart" });
        this.legend = Board.element("p", { class: "legend" });
        this.table = Board.element("details", { class: "as-table" });
        this.meters = Board.element("dl", { class: "meters" });
        this.drain = Board.element("div", { class: "drain" });
        this.answers = Board.element("div", { class: "answers" });
        this.returned = Board.element("p", { class: "came-home", hidden: true });
        const picture = Board.element("div", { class: "picture" }, this.chart, this.legend, this.table);
        const beside = Board.element("div", { class: "beside" }, this.meters, this.drain, this.answers);
        const head = Board.element("div", { class: "shift-head" }, this.name, this.way);
        this.node = Board.element("article", { class: "one-shift" }, head, this.returned, picture, beside);
        // Why in pixels of the page and not scaled: letters keep their size at every width.
        this.observer = new ResizeObserver(() => this.drawChart());
        this.observer.observe(this.chart);
    }

    show(shift) {
        this.shift = shift;
        this.points = Board.list(shift.points).map((point) => ({ ...point, at: Board.moment(point.at) }))
            .filter((point) => point.at !== null && Number.isFinite(point.weight)).sort((a, b) => a.at - b.at);
        this.shares = Board.list(shift.share).map((share) => ({ ...share, at: Board.moment(share.at) }))
            .filter((share) => share.at !== null && Number.isFinite(share.percent)).sort((a, b) => a.at - b.at);
        Board.say(this.name, Board.text(shift.name));
        this.showWay();
        Board.say(this.returned, `↶ ${Board.phrase("returned")}`);
        Board.show(this.returned, Boolean(shift.returned));
        this.showMeters();
        this.showAnswers();
        this.showTable();
        this.drawChart();
        this.tick();
    }

    showWay() {
        const side = (word, value) => Board.element("span", { class: "side-of" },
            Board.element("span", { class: "dim", text: `${Board.phrase(word)} ` }),
            Board.element("code", { text: Board.text(value, "?") }));
        const ttl = Number.isFinite(this.shift.ttl)
            ? Board.element("span", { class: "dim", text: Board.phrase("ttl", Board.length(this.shift.ttl * 1000)) }) : null;
        const [from, to] = [this.shift.old, this.shift.new ?? this.shift.to];
        const parts = [from ? side("oldSide", from) : null, from && to ? " → " : null, to ? side("newSide", to) : null,
            ttl && (from || to) ? " · " : null, ttl];
        this.way.replaceChildren(...parts.filter((part) => part !== null));
    }

    showMeters() {
        const meter = (words, value, kind) => {
            const bar = Board.element("span", { class: `meter ${kind}`, role: "meter", "aria-label": words,
                "aria-valuemin": "0", "aria-valuemax": "100", "aria-valuenow": String(value) }, Board.element("i"));
            bar.firstChild.style.width = `${Math.min(100, Math.max(0, value))}%`;
            return [Board.element("dt", { text: words }),
                Board.element("dd", {}, bar, Board.element("b", { text: percentText(value) }))];
        };
        const [point, share] = [this.points.at(-1), this.shares.at(-1)];
        const rows = point ? meter(Board.phrase("weightNow"), point.weight, "of-weight") : [];
        // Why with its weight: a share that was seen before the last change looks like one of now.
        const isNow = share?.weight === undefined || share.weight === point?.weight;
        const seen = isNow ? Board.phrase("shareNow") : Board.phrase("shareThen", share?.weight);
        if (share) rows.push(...meter(seen, share.percent, isNow ? "of-share" : "of-share past"));
        if (Number.isFinite(this.target)) {
            rows.push(Board.element("dt", { class: "unseen", text: Board.phrase("target", this.target) }),
                Board.element("dd", { class: "dim goal", text: Board.phrase("target", this.target) }));
        }
        this.meters.replaceChildren(...rows);
    }

    showAnswers() {
        // Why gone then: a document that does not know says nothing, not that nobody has been asked.
        Board.show(this.answers, Array.isArray(this.shift.answers));
        const head = Board.element("h4", { text: Board.phrase("whoAnswers") });
        const answers = Board.list(this.shift.answers);
        if (answers.length === 0) {
            this.answers.replaceChildren(head, Board.element("p", { class: "dim", text: Board.phrase("noAnswers") }));
            return;
        }
        // Why only then: of one question each row would say the same.
        const isOne = new Set(answers.map((asked) => Board.text(asked.question))).size < 2;
        const rows = answers.map((asked) => {
            const given = Board.list(asked.answers).map(String);
            const [word, tone] = sideOf(this.shift, given, asked.old === true);
            return Board.element("tr", {},
                Board.element("th", { scope: "row" }, Board.element("code", {
                    text: isOne ? Board.text(asked.server) : `${Board.text(asked.server)} ${Board.text(asked.question)}`,
                })),
                Board.element("td", {}, Board.element("code", { text: given.join(", ") || "–" })),
                Board.element("td", {}, given.length === 0 ? null
                    : Board.element("span", { class: "tag", "data-tone": tone, text: Board.phrase(word) })),
                Board.element("td", { class: "number", text: Number.isFinite(asked.ttl)
                    ? Board.length(asked.ttl * 1000) : "" }),
                Board.element("td", { class: "number", text: Board.clock(asked.at) }));
        });
        const heads = ["server", "answer", "side", "ttlHead", "asked"];
        this.answers.replaceChildren(head, tableOf(heads, rows));
    }

    showTable() {
        const rows = [
            ...this.points.map((point) => [point.at, percentText(point.weight), ""]),
            ...this.shares.map((share) => [share.at, percentText(share.weight), percentText(share.percent)]),
        ].sort((a, b) => a[0] - b[0]).map(([at, weight, share]) => Board.element("tr", {},
            Board.element("th", { scope: "row", class: "number", text: Board.clock(at) }),
            Board.element("td", { class: "number", text: weight }), Board.element("td", { class: "number", text: share })));
        const summary = this.table.querySelector("summary") ?? Board.element("summary");
        Board.say(summary, Board.phrase("asTable"));
        this.table.replaceChildren(summary, tableOf(["time", "weight", "share"], rows));
        Board.show(this.table, rows.length > 0);
    }

    /** Weight that the shift is to end with. */
    get target() { return this.shift.target ?? Board.list(this.shift.planned).at(-1); }

    /** Whether the picture stands still: all that was to happen has happened. */
    get isSettled() {
        const drain = Board.moment(this.shift.drain_until);
        const isThere = this.shift.returned || this.points.at(-1)?.weight === this.target;
        return Boolean(isThere) && (drain === null || drain <= Board.now());
    }

    /** First and last moment of the picture. */
    get span() {
        const drain = Board.moment(this.shift.drain_until);
        const from = this.points[0].at;
        const last = Math.max(this.points.at(-1).at, this.shares.at(-1)?.at ?? 0, drain ?? 0);
        // Why divided: a rehearsal lives through an hour in seconds, and its picture must not be squeezed for it.
        const least = Math.max(5000, 60000 / (Board.document?.run?.time_scale || 1));
        const settled = Math.min(Math.max(Board.now(), last), last + Math.max(least, (last - from) * 0.15));
        const to = this.isSettled ? settled : Math.max(Board.now(), last);
        return [from, Math.max(to, from + least)];
    }

    drawChart() {
        if (!this.shift) return;
        if (this.points.length === 0) {
            this.chart.replaceChildren(Board.element("p", { class: "dim", text: Board.phrase("noPoints") }));
            this.legend.replaceChildren();
            return;
        }
        const width = Math.max(260, Math.floor(this.chart.clientWidth || 640));
        const height = width < 420 ? 170 : 200;
        const frame = { left: 46, right: width - 14, top: 18, bottom: height - 24 };
        const [from, to] = this.span;
        const x = (at) => frame.left + (frame.right - frame.left) * (at - from) / (to - from);
        const y = (percent) => frame.bottom - (frame.bottom - frame.top) * Math.min(100, Math.max(0, percent)) / 100;
        const words = this.points.map((point) => `${Board.clock(point.at)} ${percentText(point.weight)}`).join(", ");
        const label = Board.phrase("shiftChart", this.shift.name, Board.clock(from), Board.clock(to), words);
        this.chart.replaceChildren(svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label },
            ...this.grid(frame, x, y, from, to), ...this.weightLine(frame, x, y, to), ...this.shareLine(x, y),
            ...this.drainLine(frame, x, to)));
        this.drawnAt = Board.now();
        this.showLegend();
    }

    grid(frame, x, y, from, to) {
        const lines = [0, 25, 50, 75, 100].map((percent) => svg("line", { class: percent % 50 ? "grid faint" : "grid",
            x1: frame.left, x2: frame.right, y1: y(percent), y2: y(percent) }));
        const names = [0, 50, 100].map((percent) => svg("text", { class: "axis", x: frame.left - 8, y: y(percent) + 4,
            "text-anchor": "end", text: `${percent} %` }));
        const times = axisTimes(from, to, frame.right - frame.left);
        const clocks = axisWords(times).map((text, place) => svg("text", { class: "axis", x: x(times[place]),
            y: frame.bottom + 17, "text-anchor": x(times[place]) > frame.right - 24 ? "end" : "middle", text }));
        const ticks = times.map((at) => svg("line", { class: "grid", x1: x(at), x2: x(at), y1: frame.bottom,
            y2: frame.bottom + 4 }));
        return [...lines, ...names, ...ticks, ...clocks];
    }

    weightLine(frame, x, y, to) {
        const { points } = this;
        const end = this.isSettled ? to : Math.min(to, Math.max(Board.now(), points.at(-1).at));
        const steps = points.slice(1).map((point) => `H${x(point.at)}V${y(point.weight)}`).join("");
        const path = `M${x(points[0].at)} ${y(points[0].weight)}${steps}H${x(end)}`;
        let edge = -Infinity;
        const marks = points.flatMap((point, place) => {
            const at = x(point.at);
            const next = place + 1 < points.length ? x(points[place + 1].at) : x(end);
            const isLast = place === points.length - 1;
            const dot = svg("circle", { class: "weight-dot", cx: at, cy: y(point.weight), r: 3 });
            // Why not all: labels over one another say less than none; the table has each.
            if (at < edge || (next - at < 24 && !isLast)) return [dot];
            const text = percentText(point.weight) + (isLast && this.shift.returned ? ` ↶ ${Board.phrase("returnedShort")}` : "");
            edge = at + 10 + text.length * 7;
            const isAtEnd = edge > frame.right;
            return [dot, svg("text", { class: "weight-label", x: isAtEnd ? Math.max(at - 6, frame.left + 80) : at + 5,
                y: Math.max(12, y(point.weight) - 6), "text-anchor": isAtEnd ? "end" : "start", text })];
        });
        return [svg("path", { class: "weight-area", d: `${path}V${frame.bottom}H${x(points[0].at)}Z` }),
            svg("path", { class: "weight-line", d: path }), ...marks];
    }

    shareLine(x, y) {
        const places = this.shares.map((share) => [x(share.at), y(share.percent)]);
        if (places.length === 0) return [];
        return [svg("polyline", { class: "share-line", points: places.map((place) => place.join(",")).join(" ") }),
            ...places.map(([cx, cy]) => svg("rect", { class: "share-dot", x: cx - 3, y: cy - 3, width: 6, height: 6 }))];
    }

    drainLine(frame, x, to) {
        const drain = Board.moment(this.shift.drain_until);
        const now = Board.now();
        const lines = [];
        if (!this.isSettled && now <= to) {
            lines.push(svg("line", { class: "now-line", x1: x(now), x2: x(now), y1: frame.top - 6, y2: frame.bottom }));
        }
        if (drain === null || drain > to || drain < this.points[0].at) return lines;
        const start = Math.max(this.points[0].at, this.points.at(-1).at);
        lines.push(svg("rect", { class: "drain-band", x: x(start), width: Math.max(0, x(drain) - x(start)),
            y: frame.bottom - 5, height: 5 }),
            svg("line", { class: "drain-line", x1: x(drain), x2: x(drain), y1: frame.top, y2: frame.bottom }));
        return lines;
    }

    showLegend() {
        const key = (kind, text) => Board.element("span", { class: `key ${kind}` }, Board.element("i"), text);
        const keys = [key("of-weight", Board.phrase("weight"))];
        if (this.shares.length > 0) keys.push(key("of-share", Board.phrase("share")));
        if (Board.moment(this.shift.drain_until) !== null) keys.push(key("of-drain", Board.phrase("drain")));
        this.legend.replaceChildren(...keys);
    }

    tick() {
        const drain = Board.moment(this.shift.drain_until);
        Board.show(this.drain, drain !== null);
        if (drain !== null) this.showDrain(drain);
        // Why not each second: the picture moves by less than a pixel.
        const pace = 5000 / Math.min(5, Board.document?.run?.time_scale || 1);
        if (!this.isSettled && Board.now() - (this.drawnAt ?? 0) >= pace) this.drawChart();
    }

    showDrain(drain) {
        const left = Math.max(0, drain - Board.now());
        const ttl = Number.isFinite(this.shift.ttl) ? this.shift.ttl * 1000 : null;
        const whole = Math.max(1, drain - (this.points.at(-1)?.at ?? drain));
        if (!this.drainParts) {
            const [words, clock, bar] = ["span", "b", "span"].map((name) => Board.element(name));
            bar.className = "meter of-drain";
            bar.append(Board.element("i"));
            this.drain.append(words, clock, bar);
            this.drainParts = { words, clock, bar };
        }
        const { words, clock, bar } = this.drainParts;
        Board.say(words, left > 0 ? Board.phrase("drain") : `✓ ${Board.phrase("drained", Board.length(ttl ?? whole))}`);
        Board.say(clock, left > 0 ? Board.countdown(left) : "");
        Board.show(bar, left > 0);
        bar.firstChild.style.width = `${Math.min(100, left / whole * 100)}%`;
    }
}

/** A table with heads by phrase. */
const tableOf = (heads, rows) => Board.element("div", { class: "table", tabindex: "0", role: "group" },
    Board.element("table", {},
        Board.element("thead", {}, Board.element("tr", {},
            ...heads.map((key) => Board.element("th", { scope: "col", text: Board.knows(key) ? Board.phrase(key) : key })))),
        Board.element("tbody", {}, ...rows)));

Board.tableOf = tableOf;

/** All shifts of a run. */
Board.shiftsView = {
    views: new Map(),

    show(shifts) {
        const root = document.getElementById("shifts");
        const keys = shifts.map((shift, place) => `${shift.step ?? place} ${shift.name ?? ""}`);
        for (const [key, view] of this.views) {
            if (keys.includes(key)) continue;
            view.observer.disconnect();
            view.node.remove();
            this.views.delete(key);
        }
        Board.show(document.getElementById("shift"), shifts.length > 0);
        document.getElementById("stage").classList.toggle("with-shift", shifts.length > 0);
        shifts.forEach((shift, place) => {
            const view = this.views.get(keys[place]) ?? new ShiftView();
            this.views.set(keys[place], view);
            if (root.children[place] !== view.node) root.insertBefore(view.node, root.children[place] ?? null);
            view.show(shift);
        });
    },

    tick() {
        for (const view of this.views.values()) view.tick();
    },
};

/** How many gaps are drawn short, at most. */
const longGaps = 8;

/** Stretches of time in which something went on; what lies between long ones is drawn short. */
const stretchesOf = (bars) => {
    const sorted = bars.toSorted((a, b) => a.from - b.from);
    const busy = [];
    for (const bar of sorted) {
        const last = busy.at(-1);
        if (last && bar.from <= last.to) last.to = Math.max(last.to, bar.to);
        else busy.push({ from: bar.from, to: bar.to });
    }
    const length = busy.reduce((sum, stretch) => sum + stretch.to - stretch.from, 0);
    // Why no more than that: each squeezed gap takes room of its own.
    const gaps = busy.slice(1).map((stretch, place) => stretch.from - busy[place].to).sort((a, b) => b - a);
    const limit = Math.max(5000, length * 0.08, gaps[longGaps] ?? 0);
    return busy.reduce((joined, stretch) => {
        const last = joined.at(-1);
        if (last && stretch.from - last.to <= limit) last.to = stretch.to;
        else joined.push({ ...stretch });
        return joined;
    }, []);
};

/** A function from time to place, with gaps of a fixed width between stretches. */
const squeezedScale = (stretches, left, right) => {
    const gap = 36;
    const length = stretches.reduce((sum, stretch) => sum + Math.max(1, stretch.to - stretch.from), 0);
    const unit = (right - left - gap * (stretches.length - 1)) / length;
    let place = left;
    for (const stretch of stretches) {
        stretch.left = place;
        place += Math.max(1, stretch.to - stretch.from) * unit;
        stretch.right = place;
        place += gap;
    }
    return (at) => {
        const stretch = stretches.findLast((candidate) => candidate.from <= at) ?? stretches[0];
        return Math.min(stretch.right, stretch.left + Math.max(0, at - stretch.from) * unit);
    };
};

/** Bars of a phase's steps, packed into lanes so that none hides another. */
const lanesOf = (bars, x) => {
    const ends = [];
    for (const bar of bars.toSorted((a, b) => a.from - b.from)) {
        const left = x(bar.from);
        let lane = ends.findIndex((end) => end + 1 <= left);
        if (lane < 0) lane = ends.length < 14 ? ends.length : ends.indexOf(Math.min(...ends));
        ends[lane] = Math.max(x(bar.to), left + 3);
        Object.assign(bar, { lane, left, right: ends[lane] });
    }
    return ends.length;
};

/** The time line: when each step ran, and how long each phase was planned to take. */
Board.timeline = {
    width: 1000,
    left: 190,

    show(phases) {
        const root = document.getElementById("timelines");
        this.doneAt = new Map();
        for (const line of Board.list(Board.document.log)) {
            const at = Board.moment(line.at);
            if (line.tone === "good" && at !== null && !this.doneAt.has(line.step)) this.doneAt.set(line.step, at);
        }
        const bars = phases.map((phase) => Board.list(phase.steps).flatMap((step) => this.barOf(step)));
        Board.show(document.getElementById("timeline"), bars.some((list) => list.length > 0));
        if (bars.every((list) => list.length === 0)) return;
        root.replaceChildren(
            Board.element("h3", { text: Board.phrase("timelineWhen") }),
            Board.element("div", { class: "wide", tabindex: "0", role: "group" }, this.when(phases, bars)),
            Board.element("h3", { text: Board.phrase("timelinePlan") }),
            Board.element("div", { class: "wide", tabindex: "0", role: "group" }, this.plan(phases)));
    },

    barOf(step) {
        const from = Board.moment(step.started_at);
        if (from === null) return [];
        const end = Board.moment(step.ended_at) ?? (Board.isUnderWay(step) ? Board.now() : from);
        const isWait = ["soak", "confirm", "manual", "wait"].includes(step.kind);
        if (!Board.isUndone(step)) return [{ step, from, to: Math.max(from, end), isWait }];
        // The end of a step that was undone is the end of the undoing; the log knows when it was done.
        const done = this.doneAt.get(step.id) ?? from;
        return [{ step, from, to: Math.max(from, done), isWait }, { step, from: end, to: end, isUndoing: true }];
    },

    when(phases, bars) {
        const right = this.width - 16;
        const stretches = stretchesOf(bars.flat());
        const x = squeezedScale(stretches, this.left, right);
        let top = 34;
        const nodes = [];
        phases.forEach((phase, place) => {
            const lanes = Math.max(2, lanesOf(bars[place], x));
            const height = lanes * 8 + 14;
            nodes.push(svg("line", { class: "grid", x1: 0, x2: right, y1: top, y2: top }),
                svg("text", { class: "phase-name", x: 0, y: top + 17, text: shorten(Board.text(phase.title, phase.id), 26) }),
                svg("text", { class: "axis", x: 0, y: top + 31, text: phaseTime(phase) }),
                ...bars[place].map((bar) => this.bar(bar, top + 8)));
            top += Math.max(height, 42);
        });
        const label = phases.filter((phase) => phase.started_at).map((phase) => Board.phrase("timelineText",
            Board.text(phase.title, phase.id), Board.clock(phase.started_at), Board.clock(phase.ended_at) || "–",
            phaseTime(phase))).join("; ");
        return svg("svg", { viewBox: `0 0 ${this.width} ${top + 6}`, role: "img", "aria-label": label },
            ...this.axis(stretches, top), ...nodes);
    },

    axis(stretches, bottom) {
        return stretches.flatMap((stretch, place) => {
            const next = stretches[place + 1];
            const room = (next?.left ?? this.width) - stretch.left;
            const words = Board.clock(stretch.from, place === 0 ? null : stretches[place - 1].to);
            const nodes = [svg("line", { class: "grid", x1: stretch.left, x2: stretch.left, y1: 22, y2: bottom })];
            if (room > words.length * 7) {
                nodes.push(svg("text", { class: "axis", x: stretch.left, y: 14, text: words }));
            }
            if (!next) return nodes;
            const gap = Board.phrase("gap", Board.length(next.from - stretch.to));
            return [...nodes, svg("rect", { class: "gap", x: stretch.right + 4, y: 24, width: next.left - stretch.right - 8,
                height: bottom - 24 }, svg("title", { text: gap }))];
        });
    },

    bar(bar, top) {
        const { step } = bar;
        const about = bar.isUndoing ? `${step.id} · ${Board.phrase("undone", Board.clock(bar.to))}`
            : `${step.id} · ${Board.stateWord(step.state)} · ${Board.clock(bar.from)} · ${Board.lengthTaken(bar.to - bar.from)}`;
        const kind = bar.isUndoing ? "undone" : bar.isWait ? "stretch wait" : "stretch";
        return svg("rect", { class: kind, "data-tone": Board.mark(step.state).tone, rx: 1.5,
            x: bar.left, y: top + bar.lane * 8, width: Math.max(2.5, bar.right - bar.left - 0.5), height: 6.5 },
        svg("title", { text: about }));
    },

    plan(phases) {
        const planned = (phase) => (Number.isFinite(phase.planned_seconds) ? phase.planned_seconds : 0) * 1000;
        const longest = Math.max(1, ...phases.map((phase) => Math.max(planned(phase), Board.phaseTaken(phase) ?? 0)));
        const room = this.width - this.left - 190;
        const rows = phases.flatMap((phase, place) => {
            const [top, taken] = [place * 30 + 6, Board.phaseTaken(phase)];
            const isLate = taken !== null && planned(phase) > 0 && taken > planned(phase);
            const wide = Math.max(planned(phase), taken ?? 0) / longest * room;
            return [
                svg("text", { class: "phase-name", x: 0, y: top + 14, text: shorten(Board.text(phase.title, phase.id), 26) }),
                planned(phase) > 0 ? svg("rect", { class: "planned", x: this.left, y: top, height: 20, rx: 2,
                    width: Math.max(2, planned(phase) / longest * room) }) : null,
                taken !== null ? svg("rect", { class: "actual", "data-tone": isLate ? "warn" : "busy", x: this.left,
                    y: top + 6, height: 8, rx: 1.5, width: Math.max(2.5, taken / longest * room) }) : null,
                svg("text", { class: "axis", x: this.left + wide + 10, y: top + 14, text: phaseTime(phase) }),
            ];
        });
        const label = phases.map((phase) => `${Board.text(phase.title, phase.id)}: ${phaseTime(phase)}`).join("; ");
        return svg("svg", { viewBox: `0 0 ${this.width} ${phases.length * 30 + 8}`, role: "img", "aria-label": label },
            ...rows.filter((node) => node !== null));
    },
};

const shorten = (text, limit) => text.length > limit ? `${text.slice(0, limit - 1)}…` : text;

/** Time of a phase beside its plan: `12m of 1d`, `planned 1d`. */
const phaseTime = (phase) => {
    const planned = Number.isFinite(phase.planned_seconds) ? Board.length(phase.planned_seconds * 1000) : null;
    const taken = Board.phaseTaken(phase);
    if (taken === null) return planned === null ? "" : Board.phrase("planned", planned);
    return planned === null ? Board.length(taken) : Board.phrase("ofPlanned", Board.length(taken), planned);
};

Board.phaseTime = phaseTime;
