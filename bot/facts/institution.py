"""Words by which somebody speaks for an institution, for its responsible body, or for a commune."""

from bot.facts.told import meaning

INSTITUTION = meaning(
    fr=r"^(?:creche|accueil familial de jour) \||(?:nous sommes|on est) (?:une |un |la |l )?(?:petite )?(?:creche"
    r"|institution|organisme|organisation|association)"
    r"|(?:notre|nos|une de nos|mes) (?:\w+ )?(?:creches?|institutions?|structures?|organisme\w*|organisation"
    r"|association|parents de jour)"
    r"|ici la creche|(?:dirige|gere|gerons) (?:une|deux|la)|(?:direct(?:rice|eur)|responsable) (?:de"
    r"|d une) (?:la )?creche"
    r"|(?:repren\w+|prends) la direction|organisme responsable|(?:travaille|collabora\w+|suis) (?:\w+ )?dans une creche"
    r"|(?:avons ouvert|ouvrons|ouvre) (?:une|deux|trois|\d) (?:\w+ )?creches?|coordinat(?:rice|eur) de (?:mamans"
    r"|parents|familles) de jour|administrat(?:rice|eur) (?:d |de l )institution|(?:pour ma|de ma|pour notre) creche"
    r"|on a (?:deux|trois|\d) creches",
    de=r"^(?:kita|tagesfamilien\w*) \||wir sind (?:eine? |die )?(?:kleine )?(?:kita|institution|tragerschaft"
    r"|tagesfamilien\w*|verein)"
    r"|(?:unser\w{0,2}|meine) (?:\w+ )?(?:kitas|institution\w*|tragerschaft|tageseltern|tagesfamilien\w*)|unser\w{0,2}"
    r" (?:\w+ )?kita"
    r"|hier (?:ist )?die kita|(?:ich leite|leitung|kita ?leiter\w*)|tragerschaft"
    r"|(?:arbeite|leite|sachbearbeiter\w*|mitarbeiter\w*) (?:\w+ )?(?:in|bei) (?:einer|ner|der) kita"
    r"|leiter(?:in)? (?:einer|der|von) kita|(?:haben|wir) (?:\w+ ){0,4}kitas? eroffnet|als kita"
    r"|wir eroffnen (?:\w+ ){0,2}kitas?|koordiniere (?:\w+ )?tages\w+|administrator(?:in)? der institution"
    r"|fur meine kita|in meiner kita|(?:haben|fuhren) (?:zwei|drei|\d) kitas",
)
HERE = meaning(fr=r"chez nous", de=r"bei uns")
COMMUNE = meaning(
    fr=r"nous sommes (?:la|une) commune|(?:travaille|suis) (?:a|pour|de) la commune|chez nous a la commune"
    r"|commune ici|ici la commune",
    de=r"wir sind (?:die|eine) gemeinde|(?:bei|arbeite|bin) (?:uns )?(?:der|auf der|in der|bei der|von der) gemeinde"
    r"|gemeinde hier|hier (?:ist )?die gemeinde",
)
SUPPORT_SERVICE = meaning(
    fr=r"(?:nous sommes|je suis) (?:au |dans |d )?(?:un |une |le )?(?:service social|service de soutien"
    r"|assistante? sociale?)"
    r"|service (?:social|de soutien) \| (?:nous|je)|(?:travaille|collabora\w+) (?:\w+ ){1,2}(?:service social"
    r"|service de soutien)",
    de=r"wir sind (?:ein |der |die )?(?:sozialdienst|unterstutzungsdienst)|(?:ich )?bin (?:\w+ )?sozialarbeiter\w*"
    r"|(?:sozialdienst|unterstutzungsdienst) \| (?:wir|ich)|arbeite (?:\w+ ){1,2}(?:sozialdienst|unterstutzungsdienst)",
)
