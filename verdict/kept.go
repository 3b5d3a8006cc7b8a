package verdict

import (
	"encoding/binary"
	"strings"

	"iamctl/verdict/internal/condition"
	"iamctl/verdict/internal/glob"
	"iamctl/verdict/internal/memo"
	"iamctl/verdict/internal/resource"
)

// kept is what comparisons have in common, within a limit: much the same
// resources come again and again.
type kept struct {
	resources *memo.Table[*resource.Pattern]
	examples  *memo.Table[keptARN]
	keys      *condition.Kept
}

// keptARN is the simplest ARN that some resources match.
type keptARN struct {
	arn   string
	ok    bool // there is one
	steps int  // that it took to find it
}

// About how many bytes are kept.
const (
	maxResources = 8 << 20
	maxExamples  = 8 << 20
	maxKeys      = 8 << 20
)

func newKept() kept {
	return kept{memo.New[*resource.Pattern](maxResources), memo.New[keptARN](maxExamples), condition.NewKept(maxKeys)}
}

// pattern returns the pattern of a resource.
func (c *Comparer) pattern(text string) *resource.Pattern {
	p, ok := c.kept.resources.Get(text)
	if !ok {
		p = resource.Parse(strings.Clone(text))
		c.kept.resources.Put(text, p, p.Size())
	}
	return p
}

// example returns the simplest ARN that all of must match, if there is one. The
// steps that it takes to find it are taken from the budget, also if it is known.
func (c *Comparer) example(must []*resource.Pattern, budget *int) (string, bool, error) {
	var id []byte
	q := resource.Query{Patterns: must, Partition: c.partition, Account: c.account}
	for i, p := range must {
		id = append(binary.AppendUvarint(id, uint64(len(p.Text))), p.Text...)
		q.Must = append(q.Must, i)
	}
	key := string(id)
	e, ok := c.kept.examples.Get(key)
	if ok {
		if *budget -= e.steps; *budget < 0 {
			return "", false, glob.ErrBudget
		}
		return e.arn, e.ok, nil
	}
	before := *budget
	err := q.Each(budget, func(found resource.Class) bool {
		e.arn, e.ok = found.Text, true
		return false
	})
	if err == nil {
		e.steps = before - *budget
		c.kept.examples.Put(key, e, len(e.arn))
	}
	return e.arn, e.ok, err
}
