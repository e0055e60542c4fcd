"""What differs from one polluted site to the next: the characters annotated and how, and the later clean-ups."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal

__all__ = ["READINGS", "Site", "made_site"]

TABLE = """
來lái 個gè 價jià 優yōu 內nèi 冊cè 創chuàng 動dòng 務wù 勵lì 區qū 協xié 問wèn 國guó 團tuán 堅jiān 報bào 場chǎng 學xué
實shí 對duì 導dǎo 強qiáng 復fù 態tài 應yīng 擔dān 據jù 擴kuò 數shù 時shí 書shū 會huì 業yè 極jí 構gòu 樓lóu 標biāo
樣yàng 橋qiáo 機jī 檢jiǎn 權quán 歷lì 殺shā 氣qì 決jué 沒méi 沖chōng 況kuàng 減jiǎn 測cè 湯tāng 準zhǔn 溝gōu 滅miè
漲zhǎng 漸jiàn 潔jié 濟jì 濱bīn 灣wān 無wú 煉liàn 爭zhēng 爺yé 牆qiáng 獎jiǎng 獨dú 獲huò 現xiàn 瑪mǎ 環huán 產chǎn
畫huà 當dāng 疊dié 療liáo 癥zhèng 發fā 盜dào 盡jìn 監jiān 盤pán 眾zhòng 碼mǎ 礎chǔ 禍huò 禮lǐ 種zhǒng 稱chēng 穩wěn
窮qióng 競jìng 筆bǐ 筍sǔn 節jié 範fàn 築zhù 簡jiǎn 簽qiān 簾lián 糧liáng 紀jì 約yuē 紅hóng 純chún 紙zhǐ 級jí 細xì
終zhōng 組zǔ 結jié 絕jué 絡luò 給gěi 統tǒng 絲sī 經jīng 綠lǜ 維wéi 網wǎng 緊jǐn 線xiàn 編biān 緩huǎn 縣xiàn 縮suō
總zǒng 績jī 織zhī 繞rào 繼jì 續xù 羅luó 習xí 聯lián 聲shēng 職zhí 聽tīng 腦nǎo 腳jiǎo 臉liǎn 臺tái 舉jǔ 舊jiù 艙cāng
萬wàn 藝yì 藥yào 蘇sū 處chù 號hào 蟲chóng 術shù 衛wèi 補bǔ 裝zhuāng 製zhì 複fù 見jiàn 規guī 視shì 親qīn 覺jué 觀guān
訂dìng 計jì 訊xùn 討tǎo 訓xùn 記jì 訪fǎng 設shè 許xǔ 評píng 詞cí 詢xún 試shì 詩shī 話huà 該gāi 詳xiáng 認rèn 語yǔ
誠chéng 誤wù 說shuō 誰shuí 課kè 調diào 請qǐng 論lùn 謀móu 講jiǎng 謝xiè 謹jǐn 證zhèng 識shí 譯yì 議yì 護hù 讀dú
變biàn 讓ràng 豐fēng 負fù 財cái 貢gòng 貧pín 貨huò 販fàn 責zé 貯zhù 貴guì 費fèi 貿mào 資zī 賓bīn 賞shǎng 賠péi
賢xián 賣mài 質zhì 賴lài 賺zhuàn 賽sài 趕gǎn 趙zhào 跡jī 踐jiàn 軌guǐ 軍jūn 軟ruǎn 較jiào 載zài 輔fǔ 輕qīng 輛liàng
輪lún 輸shū 轄xiá 轉zhuǎn 辦bàn 農nóng 進jìn 遊yóu 運yùn 過guò 達dá 違wéi 遞dì 遠yuǎn 適shì 選xuǎn 遺yí 還hái 邊biān
鄉xiāng 醫yī 釋shì 針zhēn 鈔chāo 銀yín 鋼gāng 錄lù 錢qián 錯cuò 鍛duàn 鎮zhèn 鏡jìng 鐵tiě 長zhǎng 門mén 閉bì 開kāi
間jiān 閘zhá 關guān 陣zhèn 陰yīn 陳chén 陸lù 陽yáng 隊duì 階jiē 際jì 隨suí 險xiǎn 雙shuāng 雜zá 難nán 電diàn 靈líng
靜jìng 頂dǐng 項xiàng 順shùn 預yù 頒bān 頓dùn 領lǐng 頭tóu 題tí 額é 顏yán 願yuàn 類lèi 顧gù 顯xiǎn 風fēng 飛fēi
飯fàn 飲yǐn 養yǎng 館guǎn 馬mǎ 駐zhù 駕jià 驅qū 驗yàn 驚jīng 體tǐ 鬥dòu 魚yú 鮮xiān 鳥niǎo 鹽yán 麥mài 黃huáng
點diǎn 齊qí 齒chǐ 龍lóng
"""
# traditional characters that annotators list, with the reading they print
READINGS = {entry[0]: entry[1:] for entry in TABLE.split()}
# their bytes lie across frequent pairs of characters (们在, 当地, 因为, 日报, 接东, 截断, 们为 …): 們在 holds 冊
PHANTOMS = "冊數驗請內訓復財驅優規"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site's habits.

    `notes` are (character, note as inserted, brackets included); `missing` the share of notes left out; `fold` turns
    full-width ASCII into ASCII; `private` says what becomes of private-use characters (`ignored`: a piece that holds
    one was decoded as iconv does: seen once); `legacy` is PHP before 8.1; `comma` sets one before a mark that cut a
    character; `marks` are those whose bytes pass C cuts at, in its order: 。可 A1 A3 BF C9 is cut at ？ A3BF if that
    comes before 。 A1A3; where ！ A3A1 comes before 。, every 。” is garbled.
    """

    notes: tuple[tuple[str, str], ...]
    missing: float = 0.0
    fold: bool = False
    private: Literal["kept", "stripped", "ignored"] = "stripped"
    legacy: bool = True
    comma: bool = False
    marks: str = "，！？；。、"


def made_site(seed: int) -> Site:
    """A site drawn by lot: 60 to 150 of the readings, each phantom in three sites of four.

    One site in six sets a blank inside the bracket, one in eight doubles some notes, one in twelve drops some tones.

    >>> site = made_site(1)
    >>> 60 <= len(site.notes) <= 161, site == made_site(1), site == made_site(2)
    (True, True, False)
    """
    chance = random.Random(seed)
    chosen = {char for char in PHANTOMS if chance.random() < 0.75}
    chosen |= set(chance.sample(sorted(set(READINGS) - set(PHANTOMS)), chance.randint(60, 150)))
    blank, doubling, toneless = (chance.random() < share for share in (1 / 6, 1 / 8, 1 / 12))
    notes = []
    for char in sorted(chosen):
        reading = READINGS[char]
        if toneless and chance.random() < 0.05:
            reading = _plain(reading)
        note = f"({reading} )" if blank and chance.random() < 0.3 else f"({reading})"
        notes.append((char, note * 2 if doubling and chance.random() < 0.1 else note))
    return Site(
        notes=tuple(notes),
        missing=chance.choice((0.0, 0.0, 0.01)),
        fold=chance.random() < 0.6,
        private=chance.choices(("kept", "stripped", "ignored"), (4, 5, 1))[0],
        legacy=chance.random() < 0.7,
        comma=chance.random() < 0.15,
        marks=chance.choice(("，！？；。、", "，！？；。、", "，？；。、", "？；。、", "。、，")),
    )


def _plain(reading: str) -> str:
    return reading.translate(str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ", "aaaaeeeeiiiioooouuuuüüüü"))
