package suggest

// maxTokens is the length in tokens above which a text is passed over.
const maxTokens = 512

// spans is which runs of a text may be values.
type spans uint8

const (
	// oneUnit tries single units.
	oneUnit spans = iota
	// severalUnits tries runs of up to three units too, and whole words and
	// names that are longer: dev1, non-prod, an identifier in hex.
	severalUnits
)

// cut is a run of a text and what is left without it.
type cut struct {
	from, to int // tokens
	// key is the hash of the text with a blank in place of the run, wherever
	// it occurs.
	key uint64
	// bare is true if nothing descriptive is left of the text.
	bare   bool
	region bool
}

// cutter cuts one text after the other. It reuses its buffers.
type cutter struct {
	*search
	side  int
	spans spans

	t           *text
	units       []unit
	prefix      []hash // of the tokens before each
	descriptive int
}

// cuts calls yield for every run of the text that may be a value, each once.
func (c *cutter) cuts(t *text, yield func(cut)) {
	if len(t.now) > maxTokens {
		return
	}
	c.begin(t)
	for i := range c.units {
		u := &c.units[i]
		if u.fixed || u.identifier || !c.mayDiffer(u) {
			continue
		}
		c.cut(i, i+1, yield)
		if c.spans == severalUnits && c.plain(u) {
			c.longer(i, yield)
		}
	}
}

func (c *cutter) begin(t *text) {
	c.t = t
	c.units = c.search.units(c.units[:0], t)
	c.descriptive = 0
	for _, u := range c.units {
		if u.descriptive {
			c.descriptive++
		}
	}
	c.prefix = append(c.prefix[:0], c.fieldHash(t.Field))
	for i, id := range t.now {
		c.prefix = append(c.prefix, c.powers.join(c.prefix[i], c.words.tokens[c.fieldToken(t.Field, id)].hash))
	}
}

// plain reports whether a unit may be part of a value of several.
func (c *cutter) plain(u *unit) bool {
	return !u.fixed && !u.identifier && c.words.tokens[c.t.now[u.from]].kind != opaque
}

// mayDiffer reports whether a unit by itself may be a value: an opaque one only
// if it is the placeholder of an open entry.
func (c *cutter) mayDiffer(u *unit) bool {
	id := c.t.now[u.from]
	if c.words.tokens[id].kind != opaque {
		return true
	}
	_, open := c.sides[c.side].open[id]
	return open
}

// longer cuts the runs of several units that begin with unit i.
func (c *cutter) longer(i int, yield func(cut)) {
	adjacent, joined := true, true
	for j := i + 1; j <= len(c.units); j++ {
		more := j < len(c.units) && c.plain(&c.units[j])
		// The word or name ends before unit j.
		wordEnds := adjacent && !(more && c.units[j].adjacent)
		nameEnds := joined && !(more && c.units[j].joined)
		n := j - i
		whole := wordEnds && !(c.units[i].adjacent && i > 0) || nameEnds && !(c.units[i].joined && i > 0)
		if n > 1 && (n <= 3 || whole) {
			c.cut(i, j, yield)
		}
		if nameEnds {
			return
		}
		adjacent = adjacent && c.units[j].adjacent
		joined = joined && c.units[j].joined
	}
}

// cut cuts out the run of units i to j, unless it occurs further left too.
func (c *cutter) cut(i, j int, yield func(cut)) {
	from, to := c.units[i].from, c.units[j-1].to
	tokens := c.t.now
	run := tokens[from:to]
	again := false
	for at, id := range tokens {
		if at == from || id != run[0] || !hasPrefix(tokens[at:], run) {
			continue
		}
		if at < from {
			return
		}
		again = true
	}
	out := cut{from: from, to: to, region: j == i+1 && c.units[i].region}
	if again {
		out.key, out.bare = c.everywhere(run)
	} else {
		rest := c.powers.after(c.prefix[len(tokens)], c.prefix[to])
		out.key = c.powers.join(c.powers.join(c.prefix[from], blankHash), rest).sum
		says := c.descriptive
		for _, u := range c.units[i:j] {
			if u.descriptive {
				says--
			}
		}
		out.bare = says == 0
	}
	yield(out)
}

// everywhere returns the key of a text in which the run occurs several times.
func (c *cutter) everywhere(run []uint32) (key uint64, bare bool) {
	h, bare := c.fieldHash(c.t.Field), true
	tokens := c.t.now
	u := 0
	for i := 0; i < len(tokens); {
		for u < len(c.units) && c.units[u].from < i {
			u++
		}
		if hasPrefix(tokens[i:], run) {
			h = c.powers.join(h, blankHash)
			i += len(run)
			continue
		}
		if u < len(c.units) && c.units[u].from == i && c.units[u].descriptive {
			bare = false
		}
		h = c.powers.join(h, c.words.tokens[c.fieldToken(c.t.Field, tokens[i])].hash)
		i++
	}
	return h.sum, bare
}
