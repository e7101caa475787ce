# code(line): LINE with comments removed and the insides of strings and characters blanked. State
# runs on from line to line within a file.
FNR == 1 { in_comment = 0 }
function code(line,    out, q, rest) {
    out = ""
    while (line != "") {
        if (in_comment) {
            if (!match(line, /\*\//))
                return out
            line = substr(line, RSTART + 2)
            in_comment = 0
            continue
        }
        if (!match(line, /"|'|\/\*|\/\//))
            return out line
        out = out substr(line, 1, RSTART - 1)
        q = substr(line, RSTART, RLENGTH)
        line = substr(line, RSTART + RLENGTH)
        if (q == "//")
            return out
        if (q == "/*") {
            in_comment = 1
            out = out " "
            continue
        }
        out = out q
        while (line != "" && substr(line, 1, 1) != q)
            line = substr(line, substr(line, 1, 1) == "\\" ? 3 : 2)
        out = out q
        line = substr(line, 2)
    }
    return out
}
