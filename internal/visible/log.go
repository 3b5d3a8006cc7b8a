package visible

import (
	"fmt"
	"io"
	"sync"
	"unicode/utf8"
)

// Spelling is how a LogWriter writes a character so that it means no command.
type Spelling func(c byte) string

// InText spells c as Escape does, InHTML as HTML does.
func InText(c byte) string { return fmt.Sprintf(`\u{%X}`, c) }
func InHTML(c byte) string { return fmt.Sprintf("&#%d;", c) }

// LogWriter passes text on with what the log of a CI takes for a command broken:
//
//   - ##word[ anywhere in a line, with or without the word: Azure Pipelines
//     (##vso[, ##[), TeamCity (##teamcity[), and GitHub's older form;
//   - :: at the start of a line, also after blanks: GitHub.
//
// The bracket, and the second colon, are spelled out. GitLab's sections need an
// escape character, which Escape has spelled out before. JSON has no commands,
// see AppendJSON, and passes unchanged. What was broken once is left as it is.
//
// A LogWriter holds nothing back, so that a prompt is shown at once. Several
// goroutines may use it, as they may a file.
type LogWriter struct {
	mu    sync.Mutex
	w     io.Writer
	spell Spelling
	state logState
	code  codeState
	buf   []byte
}

// logState is what the text before the next character was.
type logState uint8

const (
	lineStart logState = iota // nothing, or blanks alone
	lineColon                 // that, and a colon
	lineRest                  // other text
	lineHash                  // text that ends in #
	lineWord                  // text that ends in ## and letters, if any
)

// codeState is where in the code of a colour the next character is. Codes are no
// text: a command may follow one.
type codeState uint8

const (
	codeNone codeState = iota
	codeBegun
	codeInside
)

// NewLogWriter returns a LogWriter on w.
func NewLogWriter(w io.Writer, spell Spelling) *LogWriter { return &LogWriter{w: w, spell: spell} }

// Write writes b. It returns how many bytes of b were written, 0 after a failure
// in the middle of it.
func (l *LogWriter) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.buf = l.buf[:0]
	start := 0
	for i, c := range b {
		if l.breaks(c) {
			l.buf = append(append(l.buf, b[start:i]...), l.spell(c)...)
			start = i + 1
		}
	}
	out := b
	if len(l.buf) > 0 {
		l.buf = append(l.buf, b[start:]...)
		out = l.buf
	}
	if n, err := l.w.Write(out); err != nil || n < len(out) {
		if err == nil {
			err = io.ErrShortWrite
		}
		return 0, err
	}
	return len(b), nil
}

// breaks reports whether c makes a command of the text before it, and takes note
// of c.
func (l *LogWriter) breaks(c byte) bool {
	if l.inCode(c) {
		return false
	}
	s := l.state
	switch {
	case c == '\n' || c == '\r':
		l.state = lineStart
	case s == lineWord && c == '[' || s == lineColon && c == ':':
		l.state = lineRest
		return true
	case c == '#' && (s == lineHash || s == lineWord):
		l.state = lineWord
	case c == '#':
		l.state = lineHash
	case s == lineStart && c == ':':
		l.state = lineColon
	case s == lineStart && isBlank(c), s == lineWord && isLetter(c):
	default:
		l.state = lineRest
	}
	return false
}

// inCode reports whether c belongs to the code of a colour, ESC [ ... letter.
func (l *LogWriter) inCode(c byte) bool {
	switch {
	case c == 0x1B:
		l.code = codeBegun
	case l.code == codeBegun && c == '[':
		l.code = codeInside
	case l.code == codeInside && isLetter(c):
		l.code = codeNone
	case l.code != codeInside:
		l.code = codeNone
		return false
	}
	return true
}

// isCommand reports whether text ends in ## and letters, if any: a bracket behind
// it makes a command of it.
func isCommand[T string | []byte](text T) bool {
	i := len(text)
	for i > 0 && isLetter(text[i-1]) {
		i--
	}
	return i >= 2 && text[i-1] == '#' && text[i-2] == '#'
}

// isBlank reports whether c is a blank, or may be a byte of one.
func isBlank(c byte) bool { return c <= ' ' || c >= utf8.RuneSelf }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
