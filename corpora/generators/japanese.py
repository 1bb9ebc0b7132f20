"""Short sentences in Japanese, in kanji and kana, with their own punctuation.

    python3 corpora/generators/japanese.py > corpora/japanese.txt
"""

from draw import Draw
from grammar import Grammar

COUNT = 500

RULES = """
line: 8* <told>。 | 3* <creature>。 | 3* <asked>か。 | 2* <there>。 | 2* <described>。 | 2* <liked>。 | <weather>。 | <why>。
    | <spoken> | <ordered>。
who: 私 | 父 | 母 | 兄 | 妹 | 弟 | 姉 | 先生 | 子どもたち | 友だち | おばあさん | おじいさん | 田中さん | 山田さん
kin: 父 | 母 | 兄 | 妹 | 弟 | 姉 | 友だち
food: ごはん | パン | 魚 | 卵 | うどん | カレー | おにぎり
fruit: りんご | みかん | バナナ | ぶどう | もも | いちご
drink: 水 | お茶 | 牛乳 | コーヒー | ジュース
place: 学校 | 公園 | 図書館 | 病院 | 駅 | 動物園 | 海 | 山 | 京都 | 東京
past: 昨日 | 昨日の夜 | 先週 | 今朝
habit: 毎日 | 毎朝 | 日曜日に | 夜
future: 明日 | 来週 | 明日の朝 | 土曜日に
told: <who>は<habit><act>ます | <past>、<who>は<act>ました | <future>、<who>は<act>ます | <who>は<now>います | 私は<act>たいです
    | <who>は<act>ました | <who>は<act>ませんでした | いっしょに<act>ましょう
act: <food>を食べ | <fruit>を食べ | <drink>を飲み | <place>へ行き | <kin>と<place>へ行き | 図書館で本を読み | 家で本を読み | 部屋で音楽を聞き | 台所で料理をし
    | 公園で走り | 海で泳ぎ | 手紙を書き | <pet>の絵をかき | 学校で<subject>を勉強し | 店で<fruit>を買い | <kin>に電話をかけ | 庭に花を植え | 自転車で学校へ行き
    | 電車で<far>へ行き | 映画を見 | 歌を歌い
now: 本を読んで | <fruit>を食べて | 手紙を書いて | 台所で料理をして | 庭で遊んで | 部屋で寝て | 公園を走って | <drink>を飲んで | <pet>の絵をかいて | 駅で<kin>を待って
    | テレビを見て
far: 京都 | 東京 | 海
pet: 猫 | 犬 | 鳥 | うさぎ | 馬
subject: 英語 | 数学 | 音楽 | 日本語
number: 二 | 三 | 四 | 五 | 六
creature: <cat-look>猫が<cat>います | <cat-look>犬が<dog>います | 小さい鳥が<bird>います | 魚が<water>で泳いでいます | 馬が草の上を走っています
    | 牛が山で草を食べています | うさぎがにんじんを食べています | さるが木に登っています | 鳥が<water>で水を飲んでいます
cat-look: 小さい | 白い | 黒い | 大きい | 私の
cat: いすの上で寝て | 机の下で寝て | 魚を食べて | 窓のそばにすわって | 庭で遊んで
dog: 庭を走って | 門の前で寝て | 子どもたちと遊んで | 水を飲んで
bird: 木の上で歌って | 空を飛んで | 屋根の上にとまって | 木に巣を作って
water: 川 | 池 | 湖
asked: <fruit>が好きです | <drink>を飲みます | だれが<fruit>を買いました | <kin>さんはどこにいます | <place>はどこです | いつ<place>へ行きます
    | この<thing>はいくらです | これはだれの<thing>です | 何を食べます | どうして<place>へ行きました | 今日は何曜日です | <subject>を勉強しました
thing: 本 | 帽子 | 鉛筆 | かばん | 傘
there: 机の上に本が<number>冊あります | 机の上に鉛筆が<number>本あります | 庭に猫が<number>匹います | 木の上に鳥が<number>羽います | 教室に学生が<number>人います
    | 家の前に車が<number>台あります | 箱の中に<round>が<few>あります | 私は犬を<number>匹飼っています
round: りんご | みかん | もも
few: 二つ | 三つ | 四つ | 五つ | たくさん
described: この<pet>はとても<small>です | この本はおもしろいです | あの山は高いです | この<fruit>は<sweet>です | 私の<thing>は<color>です
    | その<thing>は<color>ないです | <kin>の料理はおいしいです | この川は長いです | <kin>は私より背が高いです | 月がとてもきれいです | この<thing>は新しいです
small: 小さい | 大きい | かわいい | 速い
sweet: 甘い | おいしい | 大きい
color: 赤い | 黒い | 白い | 青い
liked: <who>は<fruit>が好きです | <who>は<drink>が好きではありません | <who>は<fruit>と<fruit>が好きです
    | <who>は<fruit>、<fruit>、<food>を買いました | <who>は<pet>が大好きです | <who>は<subject>が得意です
weather: 今日はとても<hot>です | 昨日は雨でした | 明日は雪が降ります | 今日は風が強いです | 春になると、花が咲きます | 冬は寒いですから、海で泳ぎません | 秋になると、葉が赤くなります
    | 空に雲がありません | 夏は<hot-food>がおいしいです
hot: 暑い | 寒い | 暖かい | 涼しい
hot-food: すいか | ジュース | アイスクリーム
why: 雨が降ったので、<who>は<place>へ行きませんでした | 明日雨が降らなければ、<place>へ行きます | おなかがすいたので、<food>を食べました | のどがかわいたので、<drink>を飲みました
    | <who>は病気なので、家で寝ています | 疲れたので、早く寝ました | 時間があれば、<place>へ行きたいです
spoken: <kin>は「<said>。」と言いました。 | 先生は「<asked>か。」と聞きました。 | 「<said>。」と<kin>が言いました。
said: <place>へ行きましょう | また明日 | <drink>をどうぞ | <food>を食べましょう | 今日は<hot>です | ありがとう
ordered: ドアを開けてください | 窓を閉めてください | <thing>を忘れないでください | <place>へ行きましょう | この<pet>を見てください | <drink>をください
    | お誕生日おめでとうございます | ゆっくり話してください | <food>を食べてください
"""


def written(line):
    """An adjective loses its い before ない: 赤い, 赤くない. A polite さん makes one's own family another's."""
    line = line.replace("いないです", "くないです")
    for own, other in (("父さん", "お父さん"), ("母さん", "お母さん"), ("兄さん", "お兄さん"), ("姉さん", "お姉さん"), ("友だちさん", "友だち")):
        line = line.replace(own, other)
    return line


def main():
    grammar = Grammar(RULES)
    once = ("kin", "fruit", "place", "drink")
    lines = grammar.lines("line", Draw(8), COUNT, written, sensible=lambda line: grammar.once(line, *once))
    print("\n".join(lines))


main()
