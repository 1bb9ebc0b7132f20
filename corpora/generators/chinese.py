"""Short sentences in Chinese (Mandarin, simplified characters), with their own punctuation.

    python3 corpora/generators/chinese.py > corpora/chinese.txt
"""

from draw import Draw
from grammar import Grammar

COUNT = 500

RULES = """
line: 8* <told>。 | 3* <creature>。 | 3* <asked>？ | 2* <there>。 | 2* <described>。 | 2* <liked>。 | <weather>。 | <why>。
    | <spoken> | <ordered>！
who: 我 | 他 | 她 | 我们 | 爸爸 | 妈妈 | 哥哥 | 妹妹 | 老师 | 奶奶 | 爷爷 | 小明 | 小红 | 孩子们 | 我的朋友
kin: 爸爸 | 妈妈 | 哥哥 | 妹妹 | 奶奶 | 爷爷 | 朋友
food: 米饭 | 面条 | 饺子 | 包子 | 鸡蛋 | 豆腐 | 面包
fruit: 苹果 | 香蕉 | 葡萄 | 西瓜 | 桃子 | 梨
drink: 水 | 牛奶 | 绿茶 | 咖啡 | 果汁
place: 学校 | 公园 | 图书馆 | 医院 | 超市 | 动物园 | 火车站 | 海边 | 北京 | 上海
past: 昨天 | 昨天晚上 | 上个星期 | 今天早上
habit: 每天 | 每天早上 | 每个星期天 | 每天晚上
future: 明天 | 下个星期 | 明天下午 | 星期六
told: <who><at> | <who><habit>都<daily> | <past>，<who><done> | <who><past><done> | <future>，<who>要<will>
    | <who>正在<at> | <who>想<will> | <who>没有<will>
at: 在厨房里做饭 | 在房间里看书 | 在图书馆看书 | 在公园里跑步 | 在学校学<subject> | 在家里看电视 | 在花园里种花 | 在河里游泳 | 在门口等<kin> | 在桌子上写字 | 在树下唱歌
daily: 吃<food> | 喝<drink> | 看书 | 跑步 | 学<subject> | 去<place> | 给<kin>打电话 | 骑自行车去学校
done: 去了<place> | 买了<number>本书 | 吃了<number>个<round> | 喝了一杯<drink> | 看了一部电影 | 写了一封信 | 画了一只<pet> | 帮<kin>做了饭
    | 和<kin>去了<place> | 学了一首歌
will: 去<place> | 和<kin>去<place> | 买<fruit> | 吃<food> | 喝<drink> | 看电影 | 坐火车去<far> | 给<kin>写信 | 学<subject> | 画一只<pet>
round-fruit: 苹果 | 桃子 | 梨
round: 苹果 | 包子 | 桃子 | 梨 | 鸡蛋
far: 北京 | 上海 | 海边
subject: 汉语 | 英语 | 数学 | 音乐
pet: 猫 | 狗 | 鸟 | 兔子 | 鸭子
number: 两 | 三 | 四 | 五 | 六 | 十
creature: <little>猫<cat> | <little>狗<dog> | <little>鸟<bird> | 鱼在<water>里游来游去 | 鸭子在<water>里游泳 | 马在草地上跑 | 牛在山上吃草
    | 兔子吃胡萝卜 | 猴子爬到树上吃香蕉 | 熊猫喜欢吃竹子 | 羊在河边喝水
little: 小 | 那只小 | 这只小
cat: 在椅子上睡觉 | 在桌子下面睡觉 | 喜欢吃鱼 | 在追一只老鼠 | 坐在窗户旁边
dog: 在院子里跑 | 睡在门口 | 喜欢和孩子们玩 | 在雨里跑来跑去
bird: 在树上唱歌 | 在天上飞 | 飞到房子上了 | 在树上做窝
water: 河 | 湖 | 水
asked: 你喜欢吃<fruit>吗 | 你想喝<drink>吗 | 谁买了<fruit> | 你的<kin>在哪里 | <place>在哪里 | 你什么时候去<place> | <fruit>多少钱一斤
    | 这是谁的<thing> | 你有几只<pet> | 你为什么喜欢<place> | 今天星期几 | 你会说汉语吗
thing: 书 | 帽子 | 铅笔 | 书包 | 杯子
there: 桌子上有<number>本书 | 桌子上有<number>个<round> | 院子里有<number>只<pet> | 教室里有<number>个学生 | 门口有<number>辆自行车
    | 花园里有<number>棵树 | 我有<number>支铅笔 | 我家有<number>口人
described: 这只<pet>很<small> | 这本书很有意思 | 那座山很高 | 这个<round-fruit>很<sweet> | 我的<thing>是<color>的 | 他的<thing>不是<color>的
    | 这件衣服太贵了 | <food>很好吃 | 这条河很长 | <kin>做的<food>很好吃 | 我比<kin>高 | 天上的月亮很圆
small: 小 | 大 | 可爱 | 聪明
sweet: 甜 | 大 | 新鲜
color: 红色 | 黑色 | 白色 | 绿色 | 黄色 | 蓝色
liked: <who>喜欢<food>、<fruit>和<drink> | <who>不喜欢喝<drink> | <who>最喜欢吃<fruit> | <who>喜欢<fruit>，不喜欢<fruit>
    | <who>很爱<kin> | <who>喜欢在<outdoor>散步 | <who>买了<fruit>、<fruit>和<food>
outdoor: 公园里 | 河边 | 海边 | 花园里
weather: 今天天气很<hot> | 昨天下雨了 | 明天会下雪 | 今天风很大 | 春天来了，花开了 | 冬天很冷，我们不去游泳 | 夏天很热，我想喝<drink> | 秋天的时候，叶子变黄了 | 今天没有<sun>
hot: 热 | 冷 | 好 | 暖和
sun: 太阳 | 风 | 云
why: 因为下雨，所以<who>没去<place> | 如果明天不下雨，<who>就去<place> | <who>很高兴，因为明天要去<place> | <who>饿了，想吃<food> | <who>渴了，想喝<drink>
    | 虽然很累，但是<who>很高兴 | <who>一边吃<food>，一边看书
spoken: <kin>说：“<said>。” | 老师问：“<asked>？” | “<said>。”<kin>说。
said: 我们去<place>吧 | 明天见 | 请喝<drink> | 我想吃<food> | 今天很<hot> | 快来吃<food>
ordered: 请开门 | 请关上窗户 | 别忘了带<thing> | 我们去<place>吧 | 快来看这只<pet> | 谢谢你的<thing> | 祝你生日快乐 | 请给我一杯<drink>
"""


def written(line):
    """Contracts 正在 and the 在 of a place."""
    return line.replace("正在在", "正在")


def main():
    grammar = Grammar(RULES)
    once = ("kin", "fruit", "place", "drink")
    lines = grammar.lines("line", Draw(7), COUNT, written, sensible=lambda line: grammar.once(line, *once))
    print("\n".join(lines))


main()
