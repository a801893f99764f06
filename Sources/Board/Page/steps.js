"use strict";
// Steps: columns of phases with a row for each step, items of one loop folded together, filter, keyboard; and what is on
// record about one step, for the drawer of the board and for the report.
//
// Rule: a row is made once and then changed in place. Why: focus and scroll stay where they are, and an update costs
// what changed, not what there is. What if you don't: a thousand steps flicker and a screen reader starts again.

const restingStates = new Set(["succeeded", "already_satisfied", "skipped"]);

/** Whether time goes on for a step. */
Board.isUnderWay = (step) => ["Busy", "Wait"].includes(Board.mark(step.state).group) && step.state !== "pending";

/** Whether a step counts as done, as the terminal counts. */
Board.isDone = (step) => restingStates.has(step.state);

/** The state among `steps` that says most about all of them. */
Board.tellingState = (steps) => {
    const states = new Set(steps.map((step) => step.state));
    const telling = Board.telling.find((state) => states.has(state));
    if (telling) return telling;
    const unknown = [...states].find((state) => !Board.marks.has(state));
    if (unknown) return unknown;
    if (steps.length > 0 && steps.every(Board.isDone)) return "succeeded";
    return steps.some(Board.isDone) ? "in_progress" : "pending";
};

/** Whether the end of a step is that of its undoing. */
Board.isUndone = (step) => ["rolled_back", "kept", "rollback_skipped", "rollback_failed"].includes(step.state);

/** Time that a step took, or has taken; null where it has not begun. */
Board.taken = (step) => {
    const [start, end] = [Board.moment(step.started_at), Board.moment(step.ended_at)];
    if (start === null || (end === null && !Board.isUnderWay(step))) return null;
    return Math.max(0, (end ?? Board.now()) - start);
};

/** What a row says at its right: what is left of a wait, the time taken, or the word of a state that is not plain. */
const sideWords = (step) => {
    const until = Board.moment(step.waits_until);
    if (until !== null && Board.isUnderWay(step)) return Board.countdown(until - Board.now());
    if (step.state === "pending") return "";
    if (Board.isUnderWay(step)) return Board.seconds(Board.taken(step) ?? 0);
    if (step.state !== "succeeded") return Board.stateWord(step.state);
    return Board.lengthTaken(Board.taken(step));
};

const messageOf = (problem) => problem === null || problem === undefined ? ""
    : typeof problem === "object" ? Board.text(problem.message) : String(problem);

/** The second line of a row that somebody should look at; nothing for one at rest. */
const lineWords = (step) => {
    const mark = Board.mark(step.state);
    if (!["Busy", "Wait", "Trouble"].includes(mark.group)) return "";
    const told = messageOf(step.problem) || Board.text(step.note);
    return [Board.stateWord(step.state), told].filter((part) => part !== "").join(" · ").replaceAll("`", "");
};

/** What is common to titles of steps that belong together, the differing part as `…`. */
Board.commonTitle = (titles) => {
    const [first = "", ...rest] = titles;
    let [head, tail] = [first.length, first.length];
    for (const title of rest) {
        let same = 0;
        while (same < Math.min(head, title.length) && title[same] === first[same]) same += 1;
        head = same;
        same = 0;
        while (same < Math.min(tail, title.length) && title.at(-1 - same) === first.at(-1 - same)) same += 1;
        tail = same;
    }
    const colon = first.slice(0, head).lastIndexOf(": ");
    if (colon > 0) return { title: first.slice(0, colon), cut: colon + 2 };
    if (head === first.length) return { title: first, cut: 0 };
    // Why whole words: `Push m…` for mimir and mimosa would read as a name of its own.
    const before = first.slice(0, head).replace(/[\p{L}\p{N}]+$/u, "");
    const after = first.slice(Math.max(first.length - tail, before.length)).replace(/^[\p{L}\p{N}]+/u, "");
    return { title: `${before}…${after}`, cut: 0 };
};

/** Id without the item of its loop and without its part: `log-groups[mimir]/group` → `log-groups`. */
const baseOf = (id) => String(id).split(/[[/]/, 1)[0];

/** A row of one step. */
class StepRow {
    constructor(id) {
        this.id = id;
        this.sign = Board.element("span", { class: "sign" });
        this.name = Board.element("span", { class: "name" });
        this.side = Board.element("span", { class: "side" });
        this.word = Board.element("span", { class: "unseen" });
        this.line = Board.element("span", { class: "line", hidden: true });
        this.button = Board.element("button", { type: "button", class: "row", tabindex: "-1" },
            this.sign, this.word, this.name, this.side, this.line);
        this.button.dataset.step = id;
        this.sign.setAttribute("aria-hidden", "true");
        this.node = Board.element("li", {}, this.button);
    }

    show(step, cut = 0) {
        this.step = step;
        const mark = Board.mark(step.state);
        Board.say(this.sign, mark.sign);
        Board.tone(this.button, mark.tone);
        const title = Board.text(step.title, step.id) || step.id;
        Board.say(this.name, title.slice(cut) || title);
        Board.say(this.word, `${Board.stateWord(step.state)}: `);
        const hover = `${step.id} · ${title}`;
        if (this.button.title !== hover) this.button.title = hover;
        const line = lineWords(step);
        Board.say(this.line, line);
        Board.show(this.line, line !== "");
        this.tick();
    }

    tick() {
        Board.say(this.side, sideWords(this.step));
    }

    get isTicking() { return Board.isUnderWay(this.step); }
}

/** A row of steps that belong together: items of a loop, parts of a composite; it unfolds. */
class GroupRow {
    constructor(base) {
        this.base = base;
        this.rows = new Map();
        this.steps = new Map();
        this.isOpen = false;
        this.head = new StepRow(base);
        this.button = this.head.button;
        this.button.classList.add("group");
        this.button.setAttribute("aria-expanded", "false");
        delete this.button.dataset.step;
        this.button.addEventListener("click", () => this.open(!this.isOpen));
        this.list = Board.element("ol", { class: "inner", hidden: true });
        this.node = Board.element("li", {}, this.button, this.list);
    }

    show(steps) {
        for (const step of steps) this.steps.set(step.id, step);
        const all = [...this.steps.values()];
        const { title, cut } = Board.commonTitle(all.map((step) => Board.text(step.title, step.id)));
        this.cut = cut;
        this.telling = { state: Board.tellingState(all), title };
        const head = this.head;
        head.step = { id: this.base, state: this.telling.state };
        const mark = Board.mark(this.telling.state);
        Board.say(head.sign, mark.sign);
        Board.tone(head.button, mark.tone);
        Board.say(head.name, title || this.base);
        Board.say(head.word, `${Board.stateWord(this.telling.state)}: `);
        const hover = `${this.base} · ${title}`;
        if (head.button.title !== hover) head.button.title = hover;
        Board.say(head.side, Board.phrase("countOf", all.filter(Board.isDone).length, all.length));
        this.tick();
        // Why only then: a thousand items of a loop cost nothing while their row is folded.
        if (this.isOpen) this.fill(steps);
    }

    fill(steps) {
        for (const step of steps) {
            const known = this.rows.get(step.id);
            const row = known ?? new StepRow(step.id);
            row.show(step, this.cut);
            if (known) continue;
            this.rows.set(step.id, row);
            this.list.append(row.node);
        }
    }

    open(isOpen) {
        this.isOpen = isOpen;
        if (isOpen) this.fill([...this.steps.values()]);
        this.button.setAttribute("aria-expanded", String(isOpen));
        Board.show(this.list, isOpen);
        Board.columns.applyFilter(this);
    }

    tick() {
        const told = [...this.steps.values()].find((step) => step.state === this.telling.state);
        const isSpecial = ["Busy", "Wait", "Trouble"].includes(Board.mark(told?.state).group) && told !== undefined;
        const side = isSpecial && Board.isUnderWay(told) ? sideWords(told) : "";
        const title = isSpecial ? Board.text(told.title, told.id).slice(this.cut) || told.id : "";
        const words = [title, isSpecial ? Board.stateWord(told.state) : "", side, isSpecial ? messageOf(told.problem) : ""];
        Board.say(this.head.line, words.filter((word) => word !== "").join(" · ").replaceAll("`", ""));
        Board.show(this.head.line, isSpecial);
        if (this.isOpen) for (const row of this.rows.values()) if (row.isTicking) row.tick();
    }

    /** Lets go of a step that a revised runbook no longer has. */
    forget(id) {
        this.steps.delete(id);
        this.rows.get(id)?.node.remove();
        this.rows.delete(id);
    }

    get isTicking() { return [...this.steps.values()].some(Board.isUnderWay); }
}

/** A phase: its head and its rows. */
class PhaseColumn {
    constructor(id) {
        this.id = id;
        this.entries = new Map();
        this.parts = {};
        for (const name of ["sign", "title", "count", "name", "time", "progress"]) {
            this.parts[name] = Board.element(name === "title" ? "h3" : "span", { class: name });
        }
        const { sign, title, count, name, time, progress } = this.parts;
        title.id = `phase-${id}`;
        this.toggle = Board.element("button", { type: "button", class: "toggle", "aria-expanded": "false" });
        this.toggle.setAttribute("aria-labelledby", title.id);
        this.toggle.addEventListener("click", () => this.open(!this.node.hasAttribute("data-open")));
        progress.setAttribute("aria-hidden", "true");
        const head = Board.element("div", { class: "phase-head" }, sign, title, count,
            Board.element("p", { class: "about" }, name, " ", time), this.toggle, progress);
        this.list = Board.element("ol", { class: "rows" });
        this.node = Board.element("section", { class: "phase", "aria-labelledby": title.id }, head, this.list);
    }

    open(isOpen) {
        this.node.toggleAttribute("data-open", isOpen);
        this.toggle.setAttribute("aria-expanded", String(isOpen));
    }

    /** Makes the rows of `steps`, where they are not made yet, in their order. */
    arrange(steps) {
        const groups = Map.groupBy(steps, (step) => baseOf(step.id));
        const wanted = new Map();
        for (const [base, members] of groups) {
            const isGroup = members.length > 1;
            const key = isGroup ? `group ${base}` : members[0].id;
            wanted.set(key, this.entries.get(key) ?? (isGroup ? new GroupRow(base) : new StepRow(members[0].id)));
            if (!isGroup) continue;
            const ids = new Set(members.map((step) => step.id));
            const entry = wanted.get(key);
            for (const id of entry.steps.keys()) if (!ids.has(id)) entry.forget(id);
        }
        for (const [key, entry] of this.entries) if (!wanted.has(key)) entry.node.remove();
        this.entries = wanted;
        let place = this.list.firstChild;
        for (const entry of wanted.values()) {
            if (entry.node === place) place = place.nextSibling;
            else this.list.insertBefore(entry.node, place);
        }
    }

    show(phase, steps) {
        this.phase = phase;
        const groups = Map.groupBy(steps, (step) => baseOf(step.id));
        for (const [base, members] of groups) {
            const group = this.entries.get(`group ${base}`);
            if (group) group.show(members);
            else for (const step of members) this.entries.get(step.id)?.show(step);
        }
        this.showHead();
    }

    showHead() {
        const { phase, parts } = this;
        const steps = Board.list(phase.steps);
        const state = phase.passed ? "succeeded" : Board.tellingState(steps);
        parts.sign.replaceChildren(...Board.signOf(state).childNodes);
        Board.tone(this.node, Board.mark(state).tone);
        Board.say(parts.title, Board.text(phase.title, phase.id) || phase.id);
        Board.say(parts.name, phase.id);
        Board.say(parts.count, `${steps.filter(Board.isDone).length}/${steps.length}`);
        parts.count.title = Board.phrase("done");
        const shares = Map.groupBy(steps, (step) => Board.mark(step.state).tone);
        const order = ["good", "plain", "busy", "warn", "bad", "faint"].filter((tone) => shares.has(tone));
        parts.progress.replaceChildren(...order.map((tone) => {
            const piece = Board.element("i", { "data-tone": tone });
            piece.style.flexGrow = shares.get(tone).length;
            return piece;
        }));
        this.tickHead();
    }

    tickHead() {
        const planned = Number.isFinite(this.phase.planned_seconds) ? this.phase.planned_seconds * 1000 : null;
        const taken = Board.phaseTaken(this.phase);
        const words = taken === null
            ? (planned === null ? "" : Board.phrase("planned", Board.length(planned)))
            : planned === null ? Board.length(taken)
                : Board.phrase("ofPlanned", Board.length(taken), Board.length(planned));
        const isLate = planned !== null && taken !== null && taken > planned;
        Board.say(this.parts.time, isLate ? `${words} · ${Board.phrase("over", Board.length(taken - planned))}` : words);
        Board.tone(this.parts.time, isLate ? "warn" : "faint");
    }

    tick() {
        for (const entry of this.entries.values()) if (entry.step !== null && entry.isTicking) entry.tick();
        this.tickHead();
    }
}

/** Time that a phase took, or has taken. Once all is undone no phase takes longer for being looked at later. */
Board.phaseTaken = (phase) => {
    const start = Board.moment(phase.started_at);
    if (start === null) return null;
    const run = Board.document?.run ?? {};
    const isOver = ["rolled_back", "canceled"].includes(run.status ?? run.state);
    const end = Board.moment(phase.ended_at) ?? (isOver ? Board.moment(run.changed_at) : null) ?? Board.now();
    return Math.max(0, end - start);
};

/** All columns, their filter and their keyboard. */
Board.columns = {
    columns: new Map(),
    filter: { text: "", group: null },

    /** Shows the whole document. */
    show(phases) {
        const root = document.getElementById("phases");
        const wanted = new Map(phases.map((phase) => [phase.id, this.columns.get(phase.id) ?? new PhaseColumn(phase.id)]));
        for (const [id, column] of this.columns) if (!wanted.has(id)) column.node.remove();
        this.columns = wanted;
        phases.forEach((phase, place) => {
            const column = wanted.get(phase.id);
            column.arrange(Board.list(phase.steps));
            column.show(phase, Board.list(phase.steps));
            if (root.children[place] !== column.node) root.insertBefore(column.node, root.children[place] ?? null);
        });
        this.markCurrent(phases);
        root.classList.toggle("many", !Board.isReport && root.querySelectorAll(".row").length > 300);
        this.showGroups();
        this.applyFilter();
    },

    /** Shows what changed: `steps` of phases that are known. */
    change(changes) {
        for (const [phase, steps] of changes) this.columns.get(phase.id)?.show(phase, steps);
        this.markCurrent(Board.list(Board.document.phases));
        this.showGroups();
        if (this.filter.text !== "" || this.filter.group !== null) this.applyFilter();
    },

    markCurrent(phases) {
        const current = Board.currentPhase(phases)?.id;
        for (const [id, column] of this.columns) {
            if (column.node.classList.contains("current") === (id === current)) continue;
            column.node.classList.toggle("current", id === current);
            column.open(id === current);
        }
    },

    tick() {
        for (const column of this.columns.values()) column.tick();
    },

    /** Counts by what steps are up to; each is a filter. */
    showGroups() {
        const root = document.getElementById("groups");
        const steps = Board.list(Board.document.phases).flatMap((phase) => Board.list(phase.steps));
        const counts = new Map();
        for (const step of steps) {
            const { group } = Board.mark(step.state);
            counts.set(group, (counts.get(group) ?? 0) + 1);
        }
        const looks = { Trouble: ["✗", "bad"], Busy: ["▸", "busy"], Wait: ["…", "warn"], Done: ["✓", "good"],
            Out: ["-", "warn"], Back: ["↶", "good"], ToCome: ["·", "faint"] };
        for (const [group, [sign, tone]] of Object.entries(looks)) {
            let button = root.querySelector(`[data-group="${group}"]`);
            if (!button) {
                button = Board.element("button", { type: "button", class: "chip", "data-group": group, "data-tone": tone },
                    Board.element("span", { "aria-hidden": "true", class: "sign", text: sign }), Board.element("span"));
                button.addEventListener("click", () => {
                    this.setFilter({ group: this.filter.group === group ? null : group });
                });
                root.append(button);
            }
            const count = counts.get(group) ?? 0;
            Board.say(button.lastChild, `${count} ${Board.phrase(`group${group}`)}`);
            Board.show(button, count > 0 || this.filter.group === group);
            button.setAttribute("aria-pressed", String(this.filter.group === group));
        }
    },

    setFilter(change) {
        Object.assign(this.filter, change);
        this.showGroups();
        this.applyFilter();
    },

    matches(step) {
        const { text, group } = this.filter;
        if (group !== null && Board.mark(step.state).group !== group) return false;
        if (text === "") return true;
        const titles = typeof step.title === "object" ? Object.values(step.title ?? {}) : [step.title];
        const said = [step.id, step.kind, step.state, Board.stateWord(step.state), ...titles, Board.text(step.note)];
        return said.join("\n").toLowerCase().includes(text);
    },

    /** Hides what does not match; `only` is a group that was just unfolded. */
    applyFilter(only = null) {
        const isOn = this.filter.text !== "" || this.filter.group !== null;
        const entries = only ? [only] : [...this.columns.values()].flatMap((column) => [...column.entries.values()]);
        let [hits, all] = [0, 0];
        for (const entry of entries) {
            const steps = entry instanceof GroupRow ? [...entry.steps.values()] : [entry.step];
            const matching = steps.filter((step) => !isOn || this.matches(step));
            [hits, all] = [hits + matching.length, all + steps.length];
            Board.show(entry.node, matching.length > 0);
            const ids = new Set(matching.map((step) => step.id));
            if (entry instanceof GroupRow) for (const [id, row] of entry.rows) Board.show(row.node, ids.has(id));
        }
        if (only) return;
        this.keepStops();
        document.getElementById("phases").toggleAttribute("data-filtered", isOn);
        const shown = hits === 0 ? Board.phrase("noMatch") : Board.phrase("shown", hits, all);
        Board.say(document.getElementById("shown"), isOn ? shown : "");
    },

    /** Unfolds or folds every group. */
    foldAll(isOpen) {
        for (const column of this.columns.values()) {
            for (const entry of column.entries.values()) if (entry instanceof GroupRow) entry.open(isOpen);
        }
    },

    /** Rows that can be seen, column by column. */
    visibleRows() {
        return [...this.columns.values()]
            .map((column) => [...column.list.querySelectorAll(".row")].filter((row) => row.closest("[hidden]") === null))
            .filter((rows) => rows.length > 0);
    },

    /** Sees to it that each column with a row to be seen has one stop of the Tab key. */
    keepStops() {
        for (const rows of this.visibleRows()) {
            if (!rows.some((row) => row.tabIndex === 0)) this.stopAt(rows[0]);
        }
    },

    stopAt(row) {
        for (const other of row.closest(".rows").querySelectorAll('.row[tabindex="0"]')) other.tabIndex = -1;
        row.tabIndex = 0;
    },

    /** Moves the focus among rows: one stop of the Tab key for each column, arrows inside and between. */
    move(event) {
        const keys = ["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Home", "End"];
        const row = event.target.closest?.(".row");
        if (!row || !keys.includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        const columns = this.visibleRows();
        const column = columns.findIndex((rows) => rows.includes(row));
        if (column < 0) return;
        const place = columns[column].indexOf(row);
        const [left, right] = [columns[column - 1], columns[column + 1]];
        const nearest = (rows) => rows?.[Math.min(place, rows.length - 1)];
        this.focus({
            ArrowDown: () => columns[column][place + 1],
            ArrowUp: () => columns[column][place - 1],
            ArrowLeft: () => nearest(left),
            ArrowRight: () => nearest(right),
            Home: () => columns[column][0],
            End: () => columns[column].at(-1),
        }[event.key]());
    },

    focus(row) {
        if (!row) return;
        this.stopAt(row);
        row.focus();
    },

    /** Listens to the keyboard and to clicks on rows. */
    start() {
        const root = document.getElementById("phases");
        root.addEventListener("keydown", (event) => this.move(event));
        root.addEventListener("click", (event) => {
            const row = event.target.closest(".row");
            if (!row) return;
            this.focus(row);
            if (row.dataset.step !== undefined) Board.openStep(row.dataset.step, row);
        });
        root.addEventListener("focusin", (event) => {
            const row = event.target.closest(".row");
            if (row && row.tabIndex !== 0) this.stopAt(row);
        });
    },
};

/** The phase that work is in: the last that has begun and is not passed, else the next one to begin. */
Board.currentPhase = (phases) =>
    phases.findLast((phase) => phase.started_at && !phase.passed && !phase.ended_at)
        ?? phases.find((phase) => !phase.passed) ?? phases.at(-1);

// MARK: What is on record about a step

const waysBack = new Set(["captured", "action", "keep", "none", "not_needed"]);

/** Facts of a step by name. */
Board.factsOf = (step) => {
    const list = Board.element("dl", { class: "facts" });
    const add = (key, value) => {
        if (value === "" || value === null || value === undefined) return;
        const place = Board.element("dd");
        Board.prose(place, String(value));
        list.append(Board.element("div", {}, Board.element("dt", { text: Board.phrase(key) }), place));
    };
    const until = Board.moment(step.waits_until);
    const taken = Board.taken(step);
    add("kind", Board.text(step.kind));
    add("note", Board.text(step.note));
    add("started", Board.clock(step.started_at));
    add("ended", Board.clock(step.ended_at));
    add("took", taken === null || Board.isUnderWay(step) || Board.isUndone(step) ? "" : Board.lengthTaken(taken));
    add("waits", until === null || !Board.isUnderWay(step) ? "" : Board.phrase("until", Board.clock(until)));
    add("attempts", step.attempts > 1 ? String(step.attempts) : "");
    add("approval", Board.text(step.approval));
    add("rollback", waysBack.has(step.rollback) ? Board.phrase(`w_${step.rollback}`) : Board.text(step.rollback));
    add("owned", step.owned === true ? Board.phrase("yes") : "");
    return list;
};

const outcomeTones = [[/^(pass|succeeded|ok|applied|holds|HTTP 2|2\d\d,|exit status 0)/i, "good", "✓"],
    [/^(fail|error|HTTP [45]|[45]\d\d,|exit status [1-9])/i, "bad", "✗"], [/^(inconclusive|unknown|HTTP 3)/i, "warn", "?"]];

/** Evidence of a step, newest attempt last; each piece unfolds. */
Board.evidenceNodes = (evidence, { isOpen = false } = {}) => {
    const pieces = Board.list(evidence);
    if (pieces.length === 0) return [Board.element("p", { class: "dim", text: Board.phrase("noEvidence") })];
    return pieces.map((piece) => {
        const outcome = Board.text(piece.outcome ?? piece.summary);
        const [, tone, sign] = outcomeTones.find(([pattern]) => pattern.test(outcome)) ?? [null, "plain", "·"];
        const head = Board.element("summary", { "data-tone": tone },
            Board.element("span", { class: "sign", "aria-hidden": "true", text: sign }),
            Board.element("time", { text: Board.clock(piece.at) }),
            Board.element("span", { class: "subject", text: Board.text(piece.subject) }),
            Board.element("span", { class: "outcome", text: outcome }));
        if (piece.attempt > 1) {
            head.append(Board.element("span", { class: "dim", text: Board.phrase("attempt", piece.attempt) }));
        }
        const stages = stageNodes(piece.stages ?? piece.facts?.timings);
        const text = Board.text(piece.text) || factText(piece.facts);
        if (piece.stage) head.append(Board.element("span", { class: "dim", text: Board.text(piece.stage) }));
        return Board.element("details", { class: "piece", open: isOpen }, head, stages,
            text === "" ? null : Board.element("pre", { tabindex: "0", text }));
    });
};

/** Facts of a piece of evidence as text: what was sent and received as it was, the rest as JSON. */
const factText = (facts) => Object.entries(facts ?? {})
    .filter(([name, value]) => name !== "timings" && value !== null)
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value, null, 2)}`).join("\n");

/** Where the time of a call went, a bar each. */
const stageNodes = (stages) => {
    const known = Object.entries(stages ?? {}).filter(([, value]) => Number.isFinite(value));
    if (known.length === 0) return null;
    const longest = Math.max(1, ...known.map(([, value]) => value));
    return Board.element("dl", { class: "stages" }, ...known.flatMap(([name, value]) => {
        const bar = Board.element("span", { class: "meter", "aria-hidden": "true" }, Board.element("i"));
        bar.firstChild.style.width = `${value / longest * 100}%`;
        return [Board.element("dt", { text: name.replace(/_ms$/, "").replaceAll("_", " ") }),
            Board.element("dd", {}, bar, `${value} ms`)];
    }));
};

const attemptNodes = (attempts) => {
    const list = Board.list(attempts);
    if (list.length < 2 && !list.some((attempt) => attempt.problem)) return [];
    return [Board.element("h3", { text: Board.phrase("attempts") }), Board.element("ol", { class: "attempts" },
        ...list.map((attempt) => {
            const row = Board.element("li", { "data-tone": Board.mark(attempt.state).tone }, Board.signOf(attempt.state),
                Board.element("div", {}, `${Board.text(attempt.number)} · ${Board.stateWord(attempt.state)} `,
                    Board.element("time", { class: "dim", text: [Board.clock(attempt.started_at),
                        Board.clock(attempt.ended_at)].filter(Boolean).join(" – ") })));
            const problem = typeof attempt.problem === "object" ? attempt.problem : { message: attempt.problem };
            const hint = attempt.hint ?? problem?.hint;
            if (attempt.problem) row.lastChild.append(Board.problemOf({ ...problem, hint }));
            return row;
        }))];
};

/** Head of what is told about a step: sign, word, title, id. */
const headOf = (step, level) => {
    const mark = Board.mark(step.state);
    return [
        Board.element("p", { class: "step-state", "data-tone": mark.tone },
            Board.element("span", { class: "sign", "aria-hidden": "true", text: mark.sign }),
            Board.element("b", { text: Board.stateWord(step.state) }), " ", Board.element("code", { text: step.id })),
        Board.element(level, { text: Board.text(step.title, step.id) || step.id }),
    ];
};

/** Every step with its evidence, in the order of the phases: the body of a report. */
Board.recordsView = {
    show(phases, evidence) {
        const root = document.getElementById("records");
        Board.show(document.getElementById("evidence"), Board.isReport);
        if (!Board.isReport) return;
        root.replaceChildren(...phases.flatMap((phase) => [
            Board.element("h3", { class: "phase-title" }, Board.text(phase.title, phase.id), " ",
                Board.element("span", { class: "dim", text: `${phase.id} · ${Board.phaseTime(phase)}` })),
            ...Board.list(phase.steps).map((step) => this.record(step, evidence)),
        ]));
        // What was looked at for a phase and not for a step has no name to be kept under.
        const ofPhases = Board.list(evidence?.[""]);
        if (ofPhases.length === 0) return;
        root.append(Board.element("h3", { class: "phase-title", text: Board.phrase("ofPhases") }),
            ...Board.evidenceNodes(ofPhases));
    },

    record(step, evidence) {
        const mark = Board.mark(step.state);
        const pieces = Board.list(Object.hasOwn(evidence ?? {}, step.id) ? evidence[step.id] : []);
        // Why those open: a reader looks for what went wrong; all unfold when printed.
        const isOpen = mark.group === "Trouble" || Boolean(step.problem);
        const head = Board.element("summary", { "data-tone": mark.tone }, Board.signOf(step.state),
            Board.element("span", { class: "name", text: Board.text(step.title, step.id) || step.id }),
            Board.element("code", { text: step.id }),
            Board.element("span", { class: "side", text: [Board.stateWord(step.state),
                Board.isUndone(step) ? "" : Board.lengthTaken(Board.taken(step))].filter(Boolean).join(" · ") }));
        const body = Board.element("div", { class: "record-body" }, Board.problemOf(step.problem), Board.factsOf(step),
            ...(step.state === "pending" && pieces.length === 0 ? [] : Board.evidenceNodes(pieces)));
        const node = Board.element("details", { class: "record", open: isOpen }, head, body);
        node.dataset.record = step.id;
        return node;
    },
};

/** The drawer: one step with its evidence, beside the board. */
Board.drawer = {
    id: null,
    opener: null,
    asked: 0,

    get node() { return document.getElementById("drawer"); },

    stepOf(id) {
        return Board.list(Board.document?.phases).flatMap((phase) => Board.list(phase.steps)).find((step) => step.id === id);
    },

    open(id, opener) {
        const step = this.stepOf(id);
        if (!step) return;
        Object.assign(this, { id, opener, told: null });
        this.build();
        Board.show(this.node, true);
        this.fill(step);
        this.node.querySelector(".close").focus();
        this.load();
    },

    build() {
        const close = Board.element("button", { type: "button", class: "close", "aria-label": Board.phrase("close"), text: "✕",
            onclick: () => this.close() });
        this.parts = { head: Board.element("div", { class: "drawer-head" }), about: Board.element("div"),
            attempts: Board.element("div"), evidence: Board.element("div"), log: Board.element("div") };
        const { head, about, attempts, evidence, log } = this.parts;
        this.node.replaceChildren(close, head, about, attempts,
            Board.element("h3", { text: Board.phrase("evidence") }), evidence, log);
        evidence.append(Board.element("p", { class: "dim", text: Board.phrase("loading") }));
        this.node.scrollTop = 0;
    },

    /** What the document itself says about the step. */
    fill(step) {
        const { head, about, log } = this.parts;
        const [state, title] = headOf(step, "h2");
        title.id = "drawer-title";
        head.replaceChildren(state, title);
        const command = Board.element("p", { class: "commands" });
        Board.prose(command, `\`migrate show ${shellWord(step.id)}\``, { copies: true });
        const had = about.querySelector(".copy:focus") !== null;
        about.replaceChildren(Board.problemOf(step.problem), Board.factsOf(step), command);
        if (had) about.querySelector(".copy")?.focus();
        const lines = Board.list(Board.document.log).filter((line) => line.step === step.id).slice(-30);
        log.replaceChildren(...(lines.length === 0 ? [] : [Board.element("h3", { text: Board.phrase("stepLog") }),
            Board.element("ol", { class: "lines" }, ...lines.map(Board.lineOf))]));
    },

    /** Asks for the evidence; an answer to an earlier question is not shown. */
    async load() {
        const asked = this.asked += 1;
        const { id } = this;
        let answer;
        try {
            if (Board.isReport) answer = { evidence: Board.document.evidence?.[id] };
            else {
                const response = await fetch(`api/steps/${encodeURIComponent(id)}`, { headers: { accept: "application/json" } });
                if (!response.ok) throw new Error(`HTTP ${response.status}`);
                answer = await response.json();
            }
        } catch (error) {
            if (asked === this.asked) this.showFault(error);
            return;
        }
        if (asked !== this.asked) return;
        const told = JSON.stringify([Board.language, Board.zone, answer]);
        if (told === this.told) return;
        this.told = told;
        const open = [...this.parts.evidence.querySelectorAll("details")].map((piece) => piece.open);
        this.parts.attempts.replaceChildren(...attemptNodes(answer.attempts));
        this.parts.evidence.replaceChildren(...Board.evidenceNodes(answer.evidence));
        [...this.parts.evidence.querySelectorAll("details")].forEach((piece, place) => { piece.open = open[place] ?? false; });
    },

    showFault(error) {
        this.told = null;
        this.parts.evidence.replaceChildren(Board.element("p", { "data-tone": "bad",
            text: Board.phrase("notLoaded", error.message) }),
        Board.element("button", { type: "button", text: Board.phrase("tryAgain"), onclick: () => this.load() }));
    },

    /** Shows a change of the open step; its evidence is asked for again. */
    refresh(ids) {
        if (this.id === null || !ids.has(this.id)) return;
        const step = this.stepOf(this.id);
        if (!step) return;
        this.fill(step);
        this.load();
    },

    close() {
        if (this.id === null) return;
        const { opener } = this;
        Object.assign(this, { id: null, opener: null, asked: this.asked + 1 });
        Board.show(this.node, false);
        if (opener?.isConnected) opener.focus();
    },
};

/** Opens what is on record about a step: the drawer of a board, the record further down in a report. */
Board.openStep = (id, opener) => {
    if (!Board.isReport) return Board.drawer.open(id, opener);
    const record = [...document.querySelectorAll(".record")].find((node) => node.dataset.record === id);
    if (!record) return;
    record.open = true;
    record.scrollIntoView({ block: "start" });
    record.querySelector("summary").focus();
};

/** An id as a shell takes it for one word. */
const shellWord = (id) => /^[\w/.-]+$/.test(id) ? id : `'${id.replaceAll("'", "'\\''")}'`;
