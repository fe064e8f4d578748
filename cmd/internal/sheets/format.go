package sheets

import "strings"

// format is how a cell shows a number, as far as it changes what the number means.
type format uint8

const (
	asNumber format = iota
	asDay
	asClock // a time of day, or a length of time
	asShare // a percentage
)

// formatOf tells by its number what one of the formats that every spreadsheet program has shows, and by its code any other.
func formatOf(id int, code string) format {
	switch {
	case code != "":
		return formatByCode(code)
	case id == 9 || id == 10:
		return asShare
	case id >= 14 && id <= 17, id == 22, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 58:
		return asDay
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id >= 45 && id <= 47:
		return asClock
	}
	return asNumber
}

// formatByCode looks at the letters of a code, such as d mmmm yyyy, that are neither quoted nor a colour or language.
func formatByCode(code string) format {
	code, _, _ = strings.Cut(code, ";")
	var letters strings.Builder
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '\\', '_', '*':
			i++
		case '"':
			i = past(code, i, '"')
		case '[':
			end := past(code, i, ']')
			// [h] is a length of time; [Red] and [$-809] are neither.
			if inside := strings.ToLower(strings.Trim(code[i:min(end+1, len(code))], "[]")); inside != "" && strings.Trim(inside, inside[:1]) == "" {
				letters.WriteString(inside)
			}
			i = end
		default:
			letters.WriteByte(c)
		}
	}
	switch text := strings.ToLower(letters.String()); {
	case strings.Contains(text, "general"):
		return asNumber
	case strings.ContainsAny(text, "dy"):
		return asDay
	case strings.ContainsAny(text, "hs"):
		return asClock
	case strings.Contains(text, "m"):
		return asDay
	case strings.Contains(text, "%"):
		return asShare
	}
	return asNumber
}

// past gives where, after i, the next end stands; the code's length if it does not.
func past(code string, i int, end byte) int {
	if n := strings.IndexByte(code[i+1:], end); n >= 0 {
		return i + 1 + n
	}
	return len(code)
}
