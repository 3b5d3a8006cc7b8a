package policy

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// usualDomain is the domain of services in the partition aws, in GovCloud, and where none is known.
const usualDomain = ".amazonaws.com"

// serviceDomains are the domains of services in the partitions, as AWS's SDKs list them.
var serviceDomains = map[string]string{
	"aws":       usualDomain,
	"aws-cn":    ".amazonaws.com.cn",
	"aws-eusc":  ".amazonaws.eu",
	"aws-iso":   ".c2s.ic.gov",
	"aws-iso-b": ".sc2s.sgov.gov",
	"aws-iso-e": ".cloud.adc-e.uk",
	"aws-iso-f": ".csp.hci.ic.gov",
}

// ServiceDomain returns the domain of a partition's services, with the dot that it begins with.
func ServiceDomain(partition string) string { return cmp.Or(serviceDomains[partition], usualDomain) }

// ServiceDomains returns the domains of the services of all partitions, in order.
func ServiceDomains() []string {
	return slices.Sorted(maps.Values(serviceDomains))
}

// ServiceNames returns how a service that is called NAME.amazonaws.com in the partition aws may
// be called in a partition, where some services keep that name (IAM User Guide, "AWS JSON policy
// elements: Principal", and the AWS Service Reference of each service).
func ServiceNames(service, partition string) []string {
	names := []string{service}
	if name, ok := strings.CutSuffix(service, usualDomain); ok && ServiceDomain(partition) != usualDomain {
		names = append(names, name+ServiceDomain(partition))
	}
	return names
}
