// Command lettercosts writes the table of letter costs that package randomname tells
// words from random letters by:
//
//	go run ./internal/lettercosts /usr/share/dict/words > pairing/randomname/letters.txt
//
// It learns from the words of the files named and from those in the names of AWS's
// actions. A line has the costs of the letters a to z after two others, each as one
// character, "!" for none and one further for each quarter of a bit.
package main

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"math"
	"os"
	"regexp"
	"strings"

	"iamctl/reference"
)

// awsWeight is how often a word of AWS counts: identifiers are made of them.
const awsWeight = 3

func main() {
	log.SetFlags(0)
	m := &model{}
	for _, name := range os.Args[1:] {
		f, err := os.Open(name)
		if err != nil {
			log.Fatal(err)
		}
		if err := m.read(f); err != nil {
			log.Fatal(err)
		}
		if err := f.Close(); err != nil {
			log.Fatal(err)
		}
	}
	m.readActions()
	if err := m.write(os.Stdout); err != nil {
		log.Fatal(err)
	}
}

// model counts letters after two others; 26 is the beginning of a word.
type model struct {
	three [27][27][26]float64
	two   [27][26]float64
	one   [26]float64
}

func (m *model) add(word string, weight float64) {
	a, b := 26, 26
	for i := range len(word) {
		c := int(word[i] - 'a')
		m.three[a][b][c] += weight
		m.two[b][c] += weight
		m.one[c] += weight
		a, b = b, c
	}
}

var letters = regexp.MustCompile(`^[a-z]{2,}$`)

func (m *model) read(r io.Reader) error {
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		if w := strings.ToLower(lines.Text()); letters.MatchString(w) {
			m.add(w, 1)
		}
	}
	return lines.Err()
}

var hump = regexp.MustCompile(`[A-Z]?[a-z]+`)

// readActions adds each word in the names of AWS's actions once.
func (m *model) readActions() {
	seen := map[string]bool{}
	ref := reference.Embedded()
	for _, prefix := range ref.Services() {
		s, _ := ref.Service(prefix)
		for _, a := range s.Actions {
			for _, w := range hump.FindAllString(a.Name, -1) {
				if w = strings.ToLower(w); len(w) > 2 && !seen[w] {
					seen[w] = true
					m.add(w, awsWeight)
				}
			}
		}
	}
}

// cost is in quarters of a bit, by three letters where they were seen often enough
// and otherwise by two, or one.
func (m *model) cost(a, b, c int) int {
	const trust = 8
	p := (m.one[c] + 1) / (sum(m.one[:]) + 26)
	p = (m.two[b][c] + trust*p) / (sum(m.two[b][:]) + trust)
	p = (m.three[a][b][c] + trust*p) / (sum(m.three[a][b][:]) + trust)
	return min(int(math.Round(-4*math.Log2(p))), 60)
}

func (m *model) write(w io.Writer) error {
	for a := range 27 {
		for b := range 27 {
			line := make([]byte, 26)
			for c := range line {
				line[c] = '!' + byte(m.cost(a, b, c))
			}
			if _, err := fmt.Fprintf(w, "%s\n", line); err != nil {
				return err
			}
		}
	}
	return nil
}

func sum(list []float64) float64 {
	s := 0.0
	for _, n := range list {
		s += n
	}
	return s
}
