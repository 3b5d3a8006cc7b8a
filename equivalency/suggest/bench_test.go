package suggest_test

import (
	"fmt"
	"testing"

	"iamctl/equivalency"
	"iamctl/equivalency/suggest"
)

// bulk returns an account of so many roles and ten times as many ARNs. One in
// ten of either is the account's alone; the ARNs hold the region too.
func bulk(tag, id, env, region string, roles int) suggest.Account {
	a := suggest.Account{Tag: tag, ID: id}
	role := ""
	add := func(f equivalency.Field, i int, value string) {
		if i%10 == 0 {
			value = tag + "-only-" + value
		}
		if f == equivalency.RoleName {
			role = value
		}
		a.Names = append(a.Names, suggest.Text{Field: f, Value: value, Role: role, Weight: 1 + i%7})
	}
	kinds := []string{"reader", "writer", "deployer", "worker"}
	for i := range 10 * roles {
		if n := i / 10; i%10 == 0 {
			add(equivalency.RoleName, n, fmt.Sprintf("svc%d-%s-%s", n/4, kinds[n%4], env))
		}
		switch name := fmt.Sprintf("svc%d-%s", i/10, kinds[i%4]); i % 5 {
		case 0:
			add(equivalency.ARN, 1, fmt.Sprintf("arn:aws:s3:::%s-%s-%d/*", name, env, i))
		case 1:
			add(equivalency.ARN, 1, fmt.Sprintf("arn:aws:sqs:%s:%s:%s-%d-%s", region, id, name, i, env))
		case 2:
			add(equivalency.ARN, 1, fmt.Sprintf("arn:aws:dynamodb:%s:%s:table/%s/%d/%s", region, id, env, i, name))
		case 3:
			add(equivalency.ARN, 1, fmt.Sprintf("arn:aws:s3:::public-%d/%s", i, name))
		default:
			add(equivalency.ARN, i/5, fmt.Sprintf("arn:aws:lambda:%s:%s:function:%s-%d", region, id, name, i))
		}
	}
	return a
}

// stranger returns an account whose names have nothing in common with bulk's but
// their shape, which leaves most to look at to the end.
func stranger(roles int) suggest.Account {
	a := bulk("b", qaID, "qa", "us-east-1", roles)
	for i := range a.Names {
		a.Names[i].Value += fmt.Sprintf("-x%d", i%97)
	}
	return a
}

func BenchmarkSuggest(b *testing.B) {
	for _, roles := range []int{1000, 10_000} {
		for name, other := range map[string]suggest.Account{
			"alike":   bulk("b", qaID, "qa", "us-east-1", roles),
			"unlike":  stranger(roles),
			"in sync": bulk("a", qaID, "dev", "eu-west-1", roles),
		} {
			other.Tag = "b"
			a := bulk("a", devID, "dev", "eu-west-1", roles)
			b.Run(fmt.Sprintf("%s/roles=%d", name, roles), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := suggest.Suggest(a, other, suggest.Options{}); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(2*len(a.Names)), "ns/text")
			})
		}
	}
}
