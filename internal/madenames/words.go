package madenames

import "strings"

// words are what people name things with: of two to twelve letters.
var words = strings.Fields(`
	access account acme admin agent airflow alarm alert alpha amber analytics apache api app apollo application archive
	artifact asset assistant athena atlas audit aurora authorization automation azure backend backup balance bank
	banking barcode basket batch beacon berlin beta billing blue board bonus booking boston box branch bridge broker
	browser bucket budget build builder bundle business cache calendar campaign canary capacity card cargo cashier
	catalog cedar central change channel charge checkout chicago citrus claims client cloud cluster coffee collector
	commerce common compliance config connector console consumer contract control copper corp crawler creator credit
	crystal custom customer daily dallas dashboard data database datalake debug default delivery delta deploy
	deployment desktop developer development device diamond digest digital director discount dispatch document domain
	dragon driver dublin dynamic echo eagle edge editor elastic email emerald employee endpoint engine enterprise
	erp event exchange executor export express external factory falcon feature federation feedback field finance
	firewall fleet flight forecast forge forward frankfurt fraud freight frontend fulfillment function galaxy gamma
	garden gateway general generator github glacier glue gold golden grafana granite graph green group guard handler
	harbor health helsinki heron history holiday hotel hub hunter identity image import inbound indexer indigo
	inference ingest insight insurance integration integrations internal inventory invoice iris island jaguar jenkins
	job journal jupiter kafka kernel keycloak kinesis kiosk knowledge label lambda lantern launcher leasing ledger
	legacy lemon library license lifecycle lion listener loader loan location log logger logging london lookup loyalty
	lunar madrid mailer main maintenance manager manual maple market marketing marble member mercury messages meta
	metrics midnight migration mirror mobile model monitor monitoring moon mortgage munich nebula network newsletter
	nightly node north notification notifier oak object observer ocean office olive omega online onboarding operations
	operator optimizer oracle orange orbit order orders organization orion outbound owner packager palm panda partner
	partners password patch payment payments payroll pearl penguin people phoenix pilot pipeline planet planner
	platform player plugin point policy polaris portal postgres power preview pricing printer private processor
	procurement product production profile project prometheus proxy public publisher purchase purple python quality
	quantum query queue rabbit radar rainbow raven reader readonly realtime receipt recorder recovery redshift
	refund region registry relay release remote renewal rental replica replication report reporter reporting request
	research reservation resolver resource retail returns reviewer risk river robot rocket role rollback router ruby
	runner saturn scanner schedule scheduler schema script search secret security sender sensor sequence server
	service session settlement shared shipment shipping shop signal silver simulation site sketch solar source spark
	spider staging standby station storage store stream streaming studio subscription summary supplier support survey
	switch sync system tableau target tax team tenant terminal test tester testing ticket tiger tokyo tools tracker
	trading traffic training transfer transform translator transport travel trigger tunnel turbo update upload user
	users utility validator vault vendor vendors venus video viewer violet vision voucher wallet warehouse watcher
	weather web webhook west winter wizard worker workflow workspace writer yellow zebra zenith zeta zone
`)

// hexWords are words of the letters a to f.
var hexWords = strings.Fields(`
	abed accede acceded ace aced add added babe bad baa bead beaded bed bee beef cab cabbed cad cede ceded dab dad
	dead deaf deb decade decaf deed deface defaced ebb efface effaced fab facade face faced fad fade faded fed fee
	feed
`)

// fitting returns the words of at most n letters.
func fitting(list []string, n int) []string {
	var out []string
	for _, w := range list {
		if len(w) <= n {
			out = append(out, w)
		}
	}
	return out
}

// jargon are what people shorten in names, and the numbers that go with it.
var jargon = strings.Fields(`
	k8s ec2 s3 sqs vpc eks rds kms iam api2 v1 v2 v10 mqtt amqp grpc jira tkt chg inc req hipaa gdpr pci sox nyc lax fra
	lhr syd us uk de jp eu emea apac prd stg uat qa1 dr b2b p2p etl crm erp sso oidc saml http2 tls13 x86 arm64 q4 h2
	fy24 team7 squad3 tier1 grp02 cc4711 bu12
`)
