/**
 * Words that people build passwords from, in the languages of our users, collected by hand for this project. Lower case, as they are
 * spelled after signs such as @ and 0 were read as letters.
 */
const WORDS = `
password passwort passwd pass parola parol contrasena contraseña clave motdepasse mdp senha wachtwoord sifre
пароль секрет привет любовь мама папа россия москва солнце
كلمة السر كلمةالسر مرحبا محمد احمد الله مصر سلام حبيبي
密码 我爱你 你好 中国 北京
mima woaini nihao zhongguo marhaba habibi salam allah bismillah mohammed muhammad mohamed ahmed ali fatima
admin administrator administrador administrateur root user usuario utilisateur guest test tester testing demo
login logon signin welcome bienvenido bienvenue bienvenida willkommen letmein changeme change secret secreto default temp temporary
master super access acceso acces system server service office desk account
hello bonjour hola salut privet love loveyou iloveyou teamo jetaime amor amour
monkey dragon tiger lion eagle falcon wolf bear shark phoenix unicorn panda horse cat dog
football futbol soccer baseball basketball cricket rugby liverpool chelsea arsenal barcelona realmadrid juventus
superman batman spiderman starwars pokemon naruto minecraft matrix ninja shadow killer hunter ranger
princess queen king angel sunshine flower rainbow summer winter spring autumn verano invierno printemps hiver
january february march april may june july august september october november december
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
monday tuesday wednesday thursday friday saturday sunday lunes martes lundi mardi vendredi
freedom liberty peace world country people money business family friend friends mother father baby
computer internet windows google facebook microsoft apple samsung android iphone whatever nothing something trustno
coffee chocolate cheese cookie banana orange pepper ginger purple yellow green black white silver gold golden blue red
jesus christ god lord church heaven faith blessed grace hope
michael jordan daniel thomas robert andrew charles jessica ashley jennifer maria carlos jose juan pedro ana david anthony
nicole michelle george william james john joshua matthew alexander natasha sergey dmitri ivan olga
london paris moscow beijing cairo nairobi geneva brasilia delhi jakarta africa asia america europe arabia
south north east west southsouth cooperation development sustainable partnership united nations unitednations undp unosssc
sursur secretariat ministry ministerio ministere embassy agency government initiative project registry report
the and for you your with new old big one two best cool good great happy lucky magic power strong forever always
`

export const COMMON_WORDS: readonly string[] = WORDS.split(/\s+/).filter((word) => word !== '')
