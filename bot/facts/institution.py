"""Words by which somebody speaks for an institution or for its responsible body."""

from bot.facts.told import meaning

INSTITUTION = meaning(
    fr=r"nous sommes (?:une |un |la |l )?(?:petite )?(?:creche|garderie|nurserie|institution|organisme|organisation)"
    r"|(?:notre|nos|une de nos) (?:\w+ )?(?:creches?|garderies?|nurserie|institutions?|organisme\w*|organisation"
    r"|parents de jour)"
    r"|ici la creche|je (?:dirige|gere) (?:une|deux|la)|direct(?:rice|eur) (?:de|d une) (?:creche|garderie)"
    r"|(?:reprends|prends) la direction|organisme responsable|(?:travaille|collabora\w+|suis) dans une creche"
    r"|avons ouvert (?:une|deux|trois|\d) creches?",
    de=r"wir sind (?:eine? |die )?(?:kleine )?(?:kita|krippe|institution|tragerschaft|tagesfamilienorganisation|verein)"
    r"|unser\w{0,2} (?:\w+ )?(?:kitas?|krippen?|institution\w*|tragerschaft|tageseltern|tagesfamilien\w*)"
    r"|hier (?:ist )?die kita|(?:ich leite|leitung|kitaleiter\w*|krippenleiter\w*)|tragerschaft"
    r"|(?:arbeite|leite|sachbearbeiter\w*|mitarbeiter\w*) (?:\w+ )?(?:in|bei) (?:einer|ner|der) (?:kita|krippe)"
    r"|leiter(?:in)? (?:einer|der|von) (?:kita|krippe)|(?:haben|wir) (?:\w+ ){0,2}kitas? eroffnet|als kita",
)
HERE = meaning(fr=r"chez nous", de=r"bei uns")
