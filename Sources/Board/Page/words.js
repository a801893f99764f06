"use strict";
// Words, times and marks: all that the page says itself, in both languages, and how it builds what it shows.
//
// Rule: what comes from the document goes in as text, never as markup. Why: titles, notes and evidence hold whatever a
// runbook or a broken server wrote. `element` and `say` are the only ways to make nodes, and neither reads HTML.

/** What the scripts of the page share. */
const Board = { language: "en", zone: "utc", clockAhead: 0, stillAt: null };

/** Phrases: key → [English, Korean]; `%1`, `%2` are filled in. */
Board.phrases = new Map(Object.entries({
    skip: ["Skip to the steps", "단계로 건너뛰기"],
    overview: ["Where it stands", "현재 상태"],
    steps: ["Steps", "단계"],
    log: ["Log", "로그"],
    shift: ["DNS shift", "DNS 전환"],
    readiness: ["Way back", "되돌리기 준비"],
    approvals: ["Approvals", "승인"],
    deviations: ["Deviations", "예외 사항"],
    costs: ["Costs", "비용"],
    evidence: ["Evidence", "증거"],
    timeline: ["Time line", "타임라인"],
    drawer: ["Step", "단계 상세"],
    close: ["Close", "닫기"],
    copy: ["Copy", "복사"],
    copied: ["Copied", "복사됨"],
    notCopied: ["Select and copy", "직접 복사하세요"],
    next: ["Next, in the terminal", "다음에 터미널에서 할 일"],
    readOnly: ["This page only shows; it changes nothing.", "이 페이지는 보기 전용이며 아무것도 바꾸지 않습니다."],
    filter: ["Filter steps and log", "단계와 로그 걸러 보기"],
    filterHint: ["Filter  ( / )", "걸러 보기  ( / )"],
    theme: ["Appearance", "화면 모드"],
    themeAuto: ["as the system", "시스템 설정"],
    themeLight: ["light", "밝게"],
    themeDark: ["dark", "어둡게"],
    language: ["Language", "언어"],
    zone: ["Times", "시간"],
    zoneLocal: ["local", "현지 시각"],
    live: ["live", "실시간"],
    connecting: ["connecting", "연결 중"],
    lost: ["connection lost", "연결 끊김"],
    lostSince: ["Connection lost at %1. What you see is %2 old. Trying again …",
        "%1에 연결이 끊겼습니다. 지금 화면은 %2 전의 상태입니다. 다시 연결하는 중 …"],
    gone: ["The server ended at %1. What you see is %2 old. `migrate serve` starts it again …",
        "%1에 서버가 종료되었습니다. 지금 화면은 %2 전의 상태입니다. `migrate serve`로 다시 시작할 수 있습니다 …"],
    unreadable: ["journal unreadable", "저널을 읽을 수 없음"],
    unreadableSince: ["Not read since %1: %3. What you see is %2 old. Trying again …",
        "%1 이후 읽지 못했습니다: %3. 지금 화면은 %2 전의 상태입니다. 다시 시도하는 중 …"],
    noAnswer: ["No answer yet. A browser keeps six connections to one server: close other tabs of this page, or see "
        + "whether `migrate serve` still runs.", "아직 응답이 없습니다. 브라우저는 한 서버에 연결을 여섯 개까지만 엽니다. 이 페이지의 다른 탭을 닫거나 "
        + "`migrate serve`가 실행 중인지 확인하세요."],
    back: ["Connected again", "다시 연결되었습니다"],
    newer: ["This was made by a newer version of the tool; some of it may not be shown.",
        "더 새로운 버전에서 만든 문서라 일부가 표시되지 않을 수 있습니다."],
    noDocument: ["The document cannot be read: %1", "문서를 읽을 수 없습니다: %1"],
    report: ["Report", "보고서"],
    asOf: ["as of %1", "%1 기준"],
    run: ["run %1", "실행 %1"],
    scaled: ["Rehearsal: every wait is divided by %1", "리허설: 모든 대기 시간을 %1로 나눔"],
    elapsed: ["elapsed", "경과"],
    ofPlanned: ["%1 of %2", "%2 중 %1"],
    planned: ["planned %1", "계획 %1"],
    over: ["%1 over plan", "계획보다 %1 초과"],
    begun: ["begun", "시작"],
    by: ["by %1", "%1"],
    holder: ["held by", "점유"],
    nobody: ["nobody is at work", "작업 중인 프로세스 없음"],
    pauseWhy: ["why", "이유"],
    events: ["events", "이벤트"],
    done: ["steps done", "완료한 단계"],
    countOf: ["%1 of %2", "%2개 중 %1"],
    phase: ["phase", "페이즈"],
    waitsFor: ["Waits for", "기다리는 중"],
    until: ["until %1", "%1까지"],
    more: ["and %1 more", "외 %1개"],
    atWork: ["At work", "작업 중"],
    approvalOf: ["approval `%1`: %2 of %3 given", "승인 `%1`: %3명 중 %2명"],
    hint: ["hint", "힌트"],
    attempt: ["attempt %1", "시도 %1"],
    attempts: ["attempts", "시도"],
    trouble: ["Trouble", "문제"],
    groupTrouble: ["trouble", "문제"],
    groupBusy: ["at work", "작업 중"],
    groupWait: ["waiting", "대기"],
    groupDone: ["done", "완료"],
    groupOut: ["left out", "제외"],
    groupBack: ["undone", "되돌림"],
    groupToCome: ["to come", "예정"],
    shown: ["%1 of %2 steps shown", "단계 %2개 중 %1개 표시"],
    noMatch: ["No step matches.", "일치하는 단계가 없습니다."],
    keys: ["Keys: / filter · arrows move · Enter opens · Esc closes", "키: / 걸러 보기 · 화살표 이동 · Enter 열기 · Esc 닫기"],
    fold: ["Unfold all", "모두 펼치기"],
    unfold: ["Fold all", "모두 접기"],
    follow: ["Follow", "따라가기"],
    following: ["Following", "따라가는 중"],
    fresh: ["%1 new", "새 로그 %1"],
    newSide: ["new side", "새 환경"],
    oldSide: ["old side", "기존 환경"],
    weight: ["weight of the new side", "새 환경 가중치"],
    share: ["share of answers seen", "관측된 응답 비율"],
    weightNow: ["weight now", "현재 가중치"],
    shareNow: ["seen", "관측"],
    shareThen: ["seen at %1 %", "%1 %일 때 관측"],
    target: ["target %1 %", "목표 %1 %"],
    returned: ["Traffic came home: the new side has no weight.", "트래픽이 기존 환경으로 돌아왔습니다. 새 환경의 가중치는 없습니다."],
    returnedShort: ["came home", "복귀함"],
    drain: ["Earlier answers run out", "이전 응답 만료"],
    drained: ["Earlier answers have run out (TTL %1)", "이전 응답이 모두 만료됨 (TTL %1)"],
    ttl: ["TTL %1", "TTL %1"],
    whoAnswers: ["Who answers what", "네임 서버별 응답"],
    server: ["name server", "네임 서버"],
    answer: ["answer", "응답"],
    ttlHead: ["TTL", "TTL"],
    asked: ["asked", "확인 시각"],
    side: ["side", "쪽"],
    sideOld: ["old", "기존"],
    sideNew: ["new", "새"],
    sideOther: ["not old", "기존 아님"],
    sideBoth: ["both", "둘 다"],
    noAnswers: ["Nobody has been asked yet.", "아직 확인하지 않았습니다."],
    shiftChart: ["Weight of the new side of %1 over time, from %2 to %3: %4",
        "%1의 새 환경 가중치 변화, %2부터 %3까지: %4"],
    noPoints: ["No weight has been set yet.", "아직 가중치를 바꾸지 않았습니다."],
    time: ["time", "시각"],
    asTable: ["As a table", "표로 보기"],
    ready: ["ready", "준비됨"],
    r_blocked: ["blocked", "막힘"],
    r_keep: ["kept on purpose", "의도적으로 보존"],
    r_unknown: ["unknown", "알 수 없음"],
    r_not_needed: ["not needed", "필요 없음"],
    r_stale: ["stale", "오래됨"],
    r_impossible: ["impossible", "불가능"],
    r_recorded: ["on record", "기록됨"],
    nothingToUndo: ["Nothing that this run made would be undone.", "이 실행에서 되돌릴 것이 없습니다."],
    notProved: ["On record is not proved yet: `migrate rollback --check`",
        "기록만으로는 아직 입증되지 않음: `migrate rollback --check`"],
    given: ["%1 of %2 given", "%2명 중 %1명 승인"],
    noneGiven: ["nobody yet", "아직 없음"],
    expires: ["expires", "만료"],
    digest: ["digest", "다이제스트"],
    noApprovals: ["This run asks for no approval.", "승인이 필요 없는 실행입니다."],
    noDeviations: ["None so far.", "지금까지 없습니다."],
    kept: ["Kept on purpose", "의도적으로 보존"],
    notExercised: ["Left out (not exercised)", "제외됨 (실행하지 않음)"],
    d_skipped: ["skipped", "건너뜀"],
    d_resolved: ["resolved by a person", "사람이 판정함"],
    d_revised: ["runbook revised", "런북 수정됨"],
    d_left: ["not undone", "되돌리지 않음"],
    d_kept: ["kept", "보존됨"],
    d_accepted_loss: ["loss accepted", "손실 수용"],
    d_accepted: ["gone on in spite of it", "문제를 감수하고 진행"],
    d_canceled: ["canceled", "취소됨"],
    d_backed_out: ["backed out", "트래픽 복귀"],
    d_retried: ["retried", "다시 시도"],
    monthly: ["a month", "월"],
    total: ["Total", "합계"],
    document: ["document", "문서"],
    chain: ["Chain of events", "이벤트 체인"],
    chainHead: ["%1 events, head", "이벤트 %1개, 헤드"],
    note: ["note", "메모"],
    kind: ["kind", "종류"],
    started: ["started", "시작"],
    ended: ["ended", "종료"],
    took: ["took", "소요"],
    rollback: ["way back", "되돌리는 방법"],
    waits: ["waits", "대기"],
    approval: ["approval", "승인"],
    owned: ["made by this run", "이번 실행이 만듦"],
    yes: ["yes", "예"],
    noEvidence: ["No evidence on record.", "기록된 증거가 없습니다."],
    loading: ["Loading …", "불러오는 중 …"],
    notLoaded: ["The evidence cannot be loaded: %1", "증거를 불러올 수 없습니다: %1"],
    tryAgain: ["Try again", "다시 시도"],
    stepLog: ["Log of this step", "이 단계의 로그"],
    outcome: ["outcome", "결과"],
    stages: ["where the time went", "시간 내역"],
    ofPhases: ["Requirements of phases", "페이즈 요구 조건"],
    undone: ["undone at %1", "%1에 되돌림"],
    w_captured: ["recorded", "기록됨"],
    w_action: ["by an action of its own", "별도 작업으로"],
    w_keep: ["kept on purpose", "의도적으로 보존"],
    w_none: ["none", "없음"],
    w_not_needed: ["nothing to undo", "되돌릴 것 없음"],
    gap: ["%1 nothing", "%1 공백"],
    timelineWhen: ["When it happened", "언제 진행되었나"],
    timelinePlan: ["Planned against actual", "계획 대비 실제"],
    timelineText: ["%1: from %2 to %3, %4", "%1: %2부터 %3까지, %4"],
    s_pending: ["pending", "예정"],
    s_in_progress: ["in progress", "진행 중"],
    s_waiting: ["waiting", "대기 중"],
    s_paused: ["paused", "일시 중지"],
    s_canceled: ["canceled", "취소됨"],
    s_succeeded: ["succeeded", "성공"],
    s_succeeded_with_exceptions: ["succeeded with exceptions", "예외와 함께 성공"],
    s_rolling_back: ["rolling back", "되돌리는 중"],
    s_rolled_back: ["rolled back", "되돌림"],
    s_rollback_failed: ["rollback failed", "되돌리기 실패"],
    s_interrupted: ["interrupted", "중단됨"],
    s_blocked: ["blocked", "변경 창 대기"],
    s_ready: ["ready", "조건 확인"],
    s_prechecking: ["prechecking", "사전 점검"],
    s_verifying: ["verifying", "검증 중"],
    s_soaking: ["soaking", "관찰 중"],
    s_waiting_approval: ["waiting for approval", "승인 대기"],
    s_already_satisfied: ["already satisfied", "이미 충족"],
    s_skipped: ["skipped", "건너뜀"],
    s_failed: ["failed", "실패"],
    s_timed_out: ["timed out", "시간 초과"],
    s_inconclusive: ["inconclusive", "판정 불가"],
    s_in_doubt: ["in doubt", "결과 불명"],
    s_drifted: ["drifted", "어긋남"],
    s_rollback_skipped: ["not undone", "되돌리지 않음"],
    s_kept: ["kept", "보존"],
    p_operator: ["asked for by a person", "사람이 요청"],
    p_failed_step: ["a step failed", "단계 실패"],
    p_inconclusive: ["a step could not tell", "단계 판정 불가"],
    p_in_doubt: ["nobody can tell whether a change happened", "변경이 적용되었는지 알 수 없음"],
    p_conflict: ["somebody changed what a step is about to change", "변경 대상을 누군가 먼저 바꿈"],
    p_requirement: ["a requirement does not hold", "요구 조건 불충족"],
    p_drift: ["something drifted", "드리프트 발견"],
    p_approval: ["no approval", "승인되지 않음"],
    p_watch: ["a watch failed", "감시 실패"],
    p_timed_out: ["a phase took longer than it may", "페이즈 제한 시간 초과"],
    p_lease_lost: ["its process went without a word", "프로세스가 말없이 사라짐"],
}));

/** Sign, tone and group of each state; the signs are those of the terminal. */
Board.marks = new Map(Object.entries({
    pending: ["·", "faint", "ToCome"], blocked: ["…", "warn", "Wait"], ready: ["▸", "busy", "Busy"],
    prechecking: ["▸", "busy", "Busy"], in_progress: ["▸", "busy", "Busy"], verifying: ["▸", "busy", "Busy"],
    soaking: ["…", "busy", "Wait"], waiting_approval: ["…", "warn", "Wait"], waiting: ["…", "warn", "Wait"],
    paused: ["‖", "warn", "Trouble"], interrupted: ["!", "warn", "Trouble"], succeeded: ["✓", "good", "Done"],
    succeeded_with_exceptions: ["✓", "warn", "Done"], already_satisfied: ["=", "good", "Done"],
    skipped: ["-", "warn", "Out"], failed: ["✗", "bad", "Trouble"], timed_out: ["✗", "bad", "Trouble"],
    inconclusive: ["?", "warn", "Trouble"], in_doubt: ["?", "bad", "Trouble"], drifted: ["≠", "bad", "Trouble"],
    canceled: ["-", "warn", "Out"], rolling_back: ["↶", "busy", "Busy"], rolled_back: ["↶", "good", "Back"],
    rollback_failed: ["✗", "bad", "Trouble"], rollback_skipped: ["-", "warn", "Out"], kept: ["■", "plain", "Done"],
}).map(([state, [sign, tone, group]]) => [state, { sign, tone, group }]));

/** The mark of a state; a word of a newer tool gets one that claims nothing. */
Board.mark = (state) => Board.marks.get(state) ?? { sign: "?", tone: "warn", group: "Busy" };

/** States by how much each says about the whole that it is part of, the most telling first. */
Board.telling = [
    "rollback_failed", "in_doubt", "rolling_back", "failed", "timed_out", "inconclusive", "drifted", "waiting_approval",
    "blocked", "soaking", "in_progress", "verifying", "prechecking", "ready", "rolled_back", "canceled", "kept",
];

/** Whether the page has a phrase of that name. */
Board.knows = (key) => Board.phrases.has(key);

/** A phrase in the language of the page. */
Board.phrase = (key, ...values) => {
    const forms = Board.phrases.get(key);
    if (!forms) return key;
    const text = forms[Board.language === "ko" ? 1 : 0];
    return text.replace(/%([1-9])/g, (whole, place) => values[place - 1] ?? whole);
};

/** The word of a state in the language of the page; an unknown one by its name. */
Board.stateWord = (state) => Board.word("s_", state);

/** The phrase of `name` among those that begin with `kind`, else the name itself. */
Board.word = (kind, name) =>
    Board.knows(kind + name) ? Board.phrase(kind + name) : String(name ?? "").replaceAll("_", " ");

/** Text of the document in the language of the page, else English, else any. */
Board.text = (words, fallback = "") => {
    if (words === null || words === undefined) return fallback;
    if (typeof words !== "object") return String(words);
    const forms = Object.values(words).filter((form) => typeof form === "string");
    return words[Board.language] ?? words.en ?? forms[0] ?? fallback;
};

/** What the member `name` of a part says in the language of the page, where the document has it in several. */
Board.said = (part, name, fallback = "") => Board.text(part?.words?.[name] ?? part?.[name], fallback);

/** A list of the document; nothing where there is none. */
Board.list = (value) => Array.isArray(value) ? value.filter((item) => item !== null && item !== undefined) : [];

/** Milliseconds since 1970 of a time of the document, or null. */
Board.moment = (time) => {
    const at = typeof time === "string" ? Date.parse(time) : NaN;
    return Number.isNaN(at) ? null : at;
};

/** Now, by the clock of the server: a viewer's clock may be wrong. In a report time stands still. */
Board.now = () => Board.stillAt ?? Date.now() + Board.clockAhead;

/** A time in words that the page keeps: `02:14:05`, with the day where it is another than `beside`. */
Board.clock = (time, beside = Board.now()) => {
    const at = typeof time === "number" ? time : Board.moment(time);
    if (at === null) return "";
    const parts = (moment) => {
        const date = new Date(Board.zone === "utc" ? moment : moment - new Date(moment).getTimezoneOffset() * 60000);
        return date.toISOString().slice(0, 19).split("T");
    };
    const [day, clock] = parts(at);
    return beside !== null && parts(beside)[0] === day ? clock : `${day} ${clock}`;
};

const lengthUnits = { en: ["d", "h", "m", "s", "ms"], ko: ["일", "시간", "분", "초", "ms"] };

/** A length of time as the terminal writes it: `951ms`, `5.1s`, `1h 2m`. */
Board.length = (milliseconds) => {
    if (milliseconds === null || Number.isNaN(milliseconds)) return "";
    const [day, hour, minute, second, thousandth] = lengthUnits[Board.language] ?? lengthUnits.en;
    const all = Math.max(0, Math.floor(milliseconds));
    const pair = (large, largeUnit, small, smallUnit) =>
        small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit} ${small}${smallUnit}`;
    if (all < 1000) return `${all}${thousandth}`;
    if (all < 10000 && all % 1000 >= 100) return `${Math.floor(all / 100) / 10}${second}`;
    const seconds = Math.floor(all / 1000);
    if (seconds < 60) return `${seconds}${second}`;
    if (seconds < 3600) return pair(Math.floor(seconds / 60), minute, seconds % 60, second);
    if (seconds < 86400) return pair(Math.floor(seconds / 3600), hour, Math.floor(seconds / 60) % 60, minute);
    return pair(Math.floor(seconds / 86400), day, Math.floor(seconds / 3600) % 24, hour);
};

/** Time taken between two moments that are known to the second: what is shorter is not nothing. */
Board.lengthTaken = (milliseconds) => milliseconds === 0 ? `<${Board.length(1000)}` : Board.length(milliseconds);

/** A length in whole seconds, for what ticks. */
Board.seconds = (milliseconds) => Board.length(milliseconds < 1000 ? 0 : Math.floor(milliseconds / 1000) * 1000)
    .replace(/^0ms$/, `0${(lengthUnits[Board.language] ?? lengthUnits.en)[3]}`);

/** What is left of a wait as a clock counts it down: `4:12`, `1:02:03`, `2d 3:04:05`. */
Board.countdown = (milliseconds) => {
    const all = Math.max(0, Math.ceil(milliseconds / 1000));
    const two = (number) => String(number).padStart(2, "0");
    const [days, hours, minutes] = [Math.floor(all / 86400), Math.floor(all / 3600) % 24, Math.floor(all / 60) % 60];
    const day = days > 0 ? `${days}${(lengthUnits[Board.language] ?? lengthUnits.en)[0]} ` : "";
    if (days > 0 || hours > 0) return `${day}${hours}:${two(minutes)}:${two(all % 60)}`;
    return `${minutes}:${two(all % 60)}`;
};

/** Makes an element; strings among `children` become text. `class`, `text` and attributes come from `about`. */
Board.element = (name, about = {}, ...children) => {
    const node = name.startsWith("svg:")
        ? document.createElementNS("http://www.w3.org/2000/svg", name.slice(4))
        : document.createElement(name);
    for (const [key, value] of Object.entries(about)) {
        if (value === null || value === undefined || value === false) continue;
        if (key === "text") node.textContent = value;
        else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
        else node.setAttribute(key, value === true ? "" : value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return node;
};

/** Changes the text of a node only when it differs, so that an update touches what changed and nothing else. */
Board.say = (node, text) => {
    if (node.textContent !== text) node.textContent = text;
};

/** Shows or hides a node. */
Board.show = (node, isShown) => {
    if (node.hidden === isShown) node.hidden = !isShown;
};

/** A class that names the tone, with the former one taken off. */
Board.tone = (node, tone) => {
    if (node.dataset.tone !== tone) node.dataset.tone = tone;
};

/** Sentences with `commands` between backticks, which get a face of their own, and a button that copies them. */
Board.prose = (node, text, { copies = false } = {}) => {
    if (node.dataset.prose === text + Board.language) return;
    node.dataset.prose = text + Board.language;
    const parts = String(text).split(/`([^`]*)`/);
    const pieces = parts.flatMap((part, place) => {
        if (place % 2 === 0) return part;
        const code = Board.element("code", { text: part });
        if (!copies || !/^(migrate|aws) /.test(part)) return code;
        return Board.element("span", { class: "command" }, code, Board.copyButton(part));
    });
    node.replaceChildren(...pieces.filter((piece) => piece !== ""));
};

/** A button that puts `text` on the clipboard and says whether it did. */
Board.copyButton = (text) => {
    const button = Board.element("button", { type: "button", class: "copy", text: Board.phrase("copy") });
    button.setAttribute("aria-label", `${Board.phrase("copy")}: ${text}`);
    button.addEventListener("click", async () => {
        // Why not only the clipboard: browsers refuse it where the page has no focus or no secure origin.
        const isCopied = await navigator.clipboard?.writeText(text).then(() => true, () => false) ?? false;
        if (!isCopied) window.getSelection()?.selectAllChildren(button.previousSibling ?? button);
        button.textContent = Board.phrase(isCopied ? "copied" : "notCopied");
        Board.announce?.(button.textContent);
        setTimeout(() => { button.textContent = Board.phrase("copy"); }, 2000);
    });
    return button;
};

/** The sign of a state with its word for those who cannot see it. */
Board.signOf = (state) => {
    const mark = Board.mark(state);
    return Board.element("span", { class: "sign", "data-tone": mark.tone },
        Board.element("span", { "aria-hidden": "true", text: mark.sign }),
        Board.element("span", { class: "unseen", text: Board.stateWord(state) }));
};

/** A setting that lasts in this browser; where storage is refused it lasts as long as the page. */
Board.recall = (name) => {
    try { return localStorage.getItem(`migrate.board.${name}`); } catch { return null; }
};

/** Keeps a setting, where the browser lets it. */
Board.remember = (name, value) => {
    // Why nothing is told: private windows refuse storage, and the setting is in force all the same.
    try { localStorage.setItem(`migrate.board.${name}`, value); } catch { return; }
};
