# The steps that ./run and ./test share; to be sourced from the root after tools/env.
# shellcheck shell=bash

say() { echo "build: $*" >&2; }

# Runs a command quietly; when it fails, shows the end of what it said, and keeps all of it in the file
# that $quietly_keeps names.
quietly() {
    local log
    log=$(mktemp)
    if "$@" >"$log" 2>&1; then
        rm -f "$log"
    else
        tail -n 40 "$log" >&2
        [ -z "${quietly_keeps:-}" ] || cp "$log" "$quietly_keeps"
        rm -f "$log"
        return 1
    fi
}

# Brings node_modules/ to what package-lock.json says, when it is older.
ready_npm() {
    local installed=node_modules/.package-lock.json
    [ ! $installed -nt package-lock.json ] || return 0
    say "npm packages"
    mkdir -p .deps
    quietly flock .deps/lock npm ci && touch $installed
}

# compile_wasm FOLDER FILE…: objects for the browser in the folder. Made small, but the loops in which
# a plan's time goes are made fast: all of them fast would be a third more bytes for a tenth of the time.
# What every browser of the web app's has, they may use.
compile_wasm() {
    local folder=$1 file wanted
    shift
    rm -rf "$folder" && mkdir -p "$folder"
    for file in "$@"; do
        case $file in
        src/plan/cut.c | src/plan/match.c | src/plan/reach.c | src/plan/slack.c) wanted=-O2 ;;
        *) wanted=-Oz ;;
        esac
        clang --target=wasm32-wasi --sysroot=/usr -std=c17 $wanted -flto -mbulk-memory -msign-ext \
            -D_GNU_SOURCE -include src/base/banned.h -Isrc -c -o "$folder/${file//\//_}.o" "$file" || return
    done
}

# link_wasm FOLDER OUT OPTION…: a module of the folder's objects.
link_wasm() {
    local folder=$1 out=$2
    shift 2
    clang --target=wasm32-wasi --sysroot=/usr -mexec-model=reactor -Oz -flto -Wl,--strip-all -Wl,--gc-sections \
        "$@" -o "$out" "$folder"/*.o
}

# Builds build/wasm/plan.wasm, the planner for the browser, when a source is newer than the last time.
# It imports nothing: of the C library it takes memory and bytes.
build_wasm() {
    local folder=build/wasm sources
    if [ -f $folder/stamp ] && [ -z "$(find src/base src/plan src/wasm tools/build.bash \
        -type f ! -name '*_test.c' -newer $folder/stamp -print -quit)" ]; then
        return 0
    fi
    say "plan.wasm"
    mkdir -p $folder
    touch $folder/stamp.new
    # What is learned from the log reaches the browser as whole per cents (plan/learn.h).
    mapfile -t sources < <(find src/base src/plan src/wasm -name '*.c' ! -name '*_test.c' \
        ! -name 'learn*.c' | LC_ALL=C sort)
    quietly compile_wasm $folder/objects "${sources[@]}" &&
        quietly link_wasm $folder/objects $folder/new.wasm \
            -Wl,--export=border_room,--export=border_solve,--export=border_expand \
            -Wl,--export=border_problem,--export=border_layout || return
    # The same bytes stay the same file, so that the web app need not be built again.
    cmp -s $folder/new.wasm $folder/plan.wasm || mv $folder/new.wasm $folder/plan.wasm
    mv $folder/stamp.new $folder/stamp
}

# Builds build/fonts/, the web app's fonts and their style sheet, when their maker or packages are newer.
build_fonts() {
    local folder=build/fonts
    if [ $folder/fonts.css -nt web/tools/fonts.ts ] && [ $folder/fonts.css -nt package-lock.json ]; then
        return 0
    fi
    ready_npm || return
    say "fonts"
    quietly node --import tsx web/tools/fonts.ts $folder
}

# Builds web/dist/ with its compressed forms, when a source is newer than the last time.
build_web() {
    local stamp=build/web.stamp file
    build_wasm && build_fonts || return
    if [ -f $stamp ] && [ -z "$(find web examples package-lock.json build/wasm/plan.wasm \
        \( -path web/dist -o -path web/node_modules \) -prune -o ! -path web -newer $stamp -print -quit)" ]; then
        return 0
    fi
    ready_npm || return
    say "web app"
    mkdir -p build
    touch $stamp.new
    quietly npm run --silent build -w web || return
    while IFS= read -r file; do
        gzip -9nkf "$file" && brotli -fq 11 "$file" || return
    done < <(find web/dist -type f -regex '.*\.\(html\|css\|js\|json\|svg\|webmanifest\|txt\|wasm\)')
    mv $stamp.new $stamp
}

# build_c NAME MESON_OPTION…: brings the build folder build/NAME up to date; made anew when the
# options are not those it was made with.
build_c() {
    local folder=build/$1
    shift
    if [ "$(cat "$folder/options" 2>/dev/null)" != "${CC:-} $*" ]; then
        rm -rf "$folder"
        quietly meson setup "$folder" "$@" && echo "${CC:-} $*" >"$folder/options" || return
    fi
    say "$folder"
    quietly ninja -C "$folder"
}

# What ./run serves: optimised, with the web app inside. Prints its absolute path. A warning of a
# compiler newer than those that ./test knows shall not keep anyone from running it. To be called in
# a subshell, which holds the lock against another build in the same folder.
build_program() {
    mkdir -p build
    exec 8>build/lock
    flock 8
    build_web &&
        build_c release --buildtype=release -Db_lto=true -Dwerror=false -Dtests=false -Dweb_dist="$PWD/web/dist" &&
        echo "$PWD/build/release/src/studybunny"
}
