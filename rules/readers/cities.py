"""Which country a large city lies in: cities of more than 600,000 people, made from GeoNames (CC BY 4.0)."""

from __future__ import annotations

from functools import lru_cache

from lint.rules.readers.countries import country_code

_CITIES = """
AE: abu dhabi, al ain city, sharjah; AE IN: dubai; AM: yerevan; AO: calumbo, camama, golfe, hoji ya henda, kikolo,
lubango, maianga, mulenvos; AO BR ES FR: viana; AO BR GW KE: luanda; AT US: vienna; AU: gold coast; AU CA GB US:
perth; AU CA US: sydney; AU GB US: melbourne; AU US: brisbane; AU ZA: adelaide; AZ US: baku; BA: sarajevo; BD:
chattogram, comilla, khulna, rajshahi, rangpur; BD IN: dhaka, gazipur; BE CA US: brussels; BF: bobo dioulasso,
ouagadougou; BG: sofia; BI: bujumbura; BJ: cotonou; BO ES: santa cruz de la sierra; BO PE: cochabamba; BR: aracaju,
brasilia, contagem, cuiaba, curitiba, duque de caxias, feira de santana, goiania, guarulhos, jaboatao dos guararapes,
joao pessoa, maceio, manaus, nova iguacu, recife, ribeirao preto, rio de janeiro, sao bernardo do campo, sao jose dos
campos, sorocaba, teresina; BR AO: belo horizonte, fortaleza; BR AR MX PT: campo grande; BR CV PT: sao paulo; BR ES PH
SV: salvador; BR ID: natal; BR IT: osasco; BR PT: campinas, santo andre, sao luis; BR ST: porto alegre; BY PL: minsk;
CA: calgary, mississauga, winnipeg; CA AU GB UA US: edmonton; CA AU US: toronto; CA CI US: ottawa; CA ES FR IT US:
montreal; CA GB: brampton; CA US: vancouver; CD: bukavu, kinshasa, kisangani, kolwezi, likasi, lubumbashi, mbuji mayi,
tshikapa; CD ID PH: kananga; CF AO PH: bangui; CG CI: brazzaville; CI: abidjan, abobo, bouake; CM: douala, yaounde;
CN: ankang, anqing, anshan, anshun, baise, bao an, baoding, baoji, baoshan, baotou, bayan nur, bazhong, beijing,
bengbu, benxi, bijie, binzhou, bozhou, changchun, changde, changning, changsha, changshu, changzhi, changzhou,
chengdu, chenzhou, chizhou, chongming, chongqing, chuzhou, cixi, dalian, dandong, daqing, datong, dazhou, deyang,
dezhou, dongguan, dongying, e zhou, fengxiang, foshan, fushun, fuxin, fuyang, fuzhou, ganzhou, guang an, guangzhou,
guankou, guigang, guilin, guiyang, haikou, handan, hangzhou, hanzhong, harbin, hebi, hefei, hegang, hengyang, heshan,
heze, hezhou, hohhot, hongkou, huai an, huaibei, huainan, huangshi, huizhou, huludao, huzhou, jiading, jiangmen,
jiangyin, jiaozhou, jiaozuo, jiaxing, jieyang, jilin, jinan, jing an, jingmen, jingzhou, jinhua, jinjiang, jinshan,
jinzhong, jinzhou, jiujiang, kaifeng, kunming, kunshan, laibin, laiwu, langfang, lanzhou, lianyungang, liaocheng,
liaoyang, linfen, linyi, liupanshui, liuzhou, longyan, lu an, luliang, luohe, luohu district, luoyang, luzhou, ma
anshan, maoming, meishan, meizhou, mianyang, minhang, mudanjiang, nanchang, nanchong, nanjing, nanning, nantong,
nanyang, neijiang, ningbo, ordos, panjin, panshan, panzhihua, pingdingshan, pingxiang, puning, putian, putuo, puxi,
puyang, qingdao, qingpu, qingyang, qingyuan, qinhuangdao, qinzhou, qiqihar, quanzhou, qujing, quzhou, rizhao, rui an,
sanhe, sanmenxia, sanming, sanya, shanghai, shangqiu, shangrao, shangyu, shantou, shaoguan, shaoxing, shaoyang,
shenyang, shijiazhuang, shiyan, shizuishan, shuangyashan, songjiang, suining, suizhou, suqian, suzhou, tai an,
taicang, taiyuan, taizhou, tangshan, tianjin, tianshui, urumqi, wanxian, wanzhou, weifang, weihai, weinan, wenzhou,
wuhan, wuhu, wuwei, wuxi, wuzhong, wuzhou, xi an, xiamen, xiangtan, xiangyang, xianyang, xiaogan, xingtai, xining,
xinxiang, xinyang, xinyu, xuancheng, xuchang, xuhui, xuzhou, ya an, yancheng, yangjiang, yangpu, yangquan, yangzhou,
yantai, yibin, yichang, yichun, yinchuan, yiwu, yixing, yongzhou, yueyang, yulin, yuncheng, yunfu, zaozhuang, zhabei,
zhangjiagang, zhangjiakou, zhanjiang, zhaoqing, zhaotong, zhengzhou, zhenjiang, zhongshan, zhongwei, zhoushan, zhu
cheng city, zhuhai, zhumadian, zhuzhou, zibo, zigong, ziyang, zunyi; CN IN: jining; CN KR: anyang, pudong; CO:
barranquilla, cucuta, soacha; CO CL ES PH: cartagena; CO ES MX PH: medellin; CO RU TR: cali; CO US: bogota, kennedy;
CU US: havana; CZ US: prague; DE: dusseldorf, frankfurt am main, koln, munich; DE UA US ZA: hamburg; DE US: stuttgart;
DJ: djibouti; DK US: copenhagen; DO: santiago de los caballeros, santo domingo este, santo domingo oeste; DZ US:
algiers; EC: guayaquil; EC ES PE PH: cuenca; EC US: quito; EG: giza, madinat an nasr, port said, shubra al khaymah,
suez; EG IT US: cairo; EG QA SY YE: al mansurah; ES BR PH VE: barcelona; ES CO EC PH: sevilla; ES CO MX PH US: madrid;
ET: addis ababa; FI: helsinki; FR: marseille; GA FR: libreville; GB CA KI US: london; GB SR US: glasgow; GB US:
birmingham; GE: tbilisi; GH: accra; GH MY: kumasi; GN: camayenne, conakry; GR CA US: athens; GT: guatemala city; GT AR
HN MX NI: villa nueva; HN: san pedro sula, tegucigalpa; HR: zagreb; HT: port au prince; HU: budapest, pest; ID:
balikpapan, bandar lampung, banjarmasin, batam, bekasi, bogor, denpasar, depok, jakarta, jambi city, jepara, makassar,
malang, palembang, pekanbaru, pontianak, samarinda, semarang, serang, situbondo, south tangerang, surabaya, tangerang,
tasikmalaya; ID CN PH: padang; ID FR: medan; ID TH: bandung; IE SL US: dublin; IN: ahmedabad, aligarh, amravati,
amritsar, aurangabad, bareilly, bengaluru, bhavnagar, bhayandar, bhilai, bhiwandi, bhopal, bhubaneswar, bikaner,
borivli, chandigarh, chennai, coimbatore, cuttack, dhanbad, dharavi, dombivali, ghaziabad, gorakhpur, guntur,
gurugram, guwahati, gwalior, hubballi, indore, jabalpur, jaipur, jajmau, jalandhar, jamnagar, jamshedpur, jodhpur,
kallakurichi, kalyan, kanayannur, kanpur, kolkata, ludhiana, madurai, meerut, mumbai, mysuru, nagpur, najafgarh,
narela, nashik, navi mumbai, nowrangapur, pimpri, pimpri chinchwad, prayagraj, puducherry, pune, rajkot, ranchi,
rasapudipalem, rohini, sangli, shivaji nagar, sholapur, srinagar, surat, teni, thane, thiruvananthapuram,
tiruchirappalli, tirunelveli, tiruppur, vadodara, varanasi, vijayawada, virar, visakhapatnam, warangal; IN AL JP:
kota; IN AU: howrah; IN AU CA US: lucknow; IN BD: raipur; IN CA CN TL US: delhi; IN GB: patna; IN GR IT: agra; IN IR:
moradabad; IN JP: kochi; IN PK: faridabad, hyderabad; IQ: abu ghurayb, al basrah al qadimah, al mawsil al jadidah,
basrah, erbil, karbala, kirkuk, mosul, sadr city, sulaymaniyah; IQ IR: baghdad; IR: ahvaz, isfahan, karaj, kermanshah,
tabriz, tehran; IR AF: mashhad; IR AM: shiraz; IT CO US: milan, palermo; IT SV: turin; IT TG US: rome; IT US: naples;
JO: amman, zarqa; JP: adachi, aihara, edogawe, fukuoka, hamamatsu, hiroshima, honcho, kawaguchi, kawasaki, kitakyushu,
kobe, kumamoto, kyoto, nagoya, niigata, okayama, osaka, sagamihara, saitama, sapporo, sendai, setagaya, shizuoka,
tokyo, yokohama; JP CN: chiba; JP UA: sakai; KE: kakamega, mombasa, nairobi; KG: bishkek; KH: phnom penh; KH JP:
takeo; KP: pyongyang; KR: bucheon si, changwon, cheonan, cheongju si, daegu, daejeon, goyang si, gwangju, hwaseong si,
incheon, jeonju, seongnam si, seoul, suwon, ulsan; KR CN: ansan si; KR IT: busan; KW: al ahmadi; KZ: almaty, shymkent;
KZ IT: astana; LA: vientiane; LB: ra s bayrut; LB PL: beirut; LK BR: colombo; LR US: monrovia; LV: riga; LY: benghazi;
LY GR LB US: tripoli; MA: agadir, marrakesh; MA CL CO CU: casablanca; MA MT: rabat; MA US: tangier; MD: chisinau; MG:
antananarivo; ML: bamako; MM: hlaingthaya, mandalay, nay pyi taw, yangon; MN: ulan bator; MR: nouakchott; MW:
lilongwe; MW GB: blantyre; MX: acapulco de juarez, aguascalientes, alvaro obregon, chihuahua, ciudad juarez, ciudad
nezahualcoyotl, coyoacan, culiacan, ecatepec de morelos, gustavo adolfo madero, hermosillo, iztapalapa, leon de los
aldama, mexicali, mexico city, naucalpan de juarez, san luis potosi, santiago de queretaro, tijuana, tlalnepantla,
tlaquepaque, torreon, tuxtla, zapopan; MX CN: cancun; MX CO: morelia; MX CO CR HN US: monterrey; MX ES: guadalajara;
MX ES PH VE: merida; MX US: saltillo; MY: bukit rahman putra, ipoh, johor bahru, kampung baru subang, kuala lumpur,
petaling jaya, shah alam, subang jaya; MZ: beira, maputo, matola, nampula; NE: niamey; NG: abeokuta, abuja, agege,
akure, bauchi, benin city, enugu, ibadan, ilorin, kaduna, katsina, maiduguri, onitsha, osogbo, port harcourt, sokoto,
warri, zaria; NG CL FR PT: lagos; NG JP: kano; NI: managua; NL US: rotterdam; NL US ZA: amsterdam; NO: oslo; NP:
kathmandu, pokhara; NZ: auckland; OM: muscat; PE: arequipa, callao, chiclayo, piura; PE AR MX PY US: lima; PH:
antipolo, budta, cagayan de oro, caloocan, cebu city, davao, general santos, las pinas, malingao, paranaque city,
pasig city, quezon city, taguig, zamboanga; PH ES MX PY: valenzuela; PH MX US: manila; PK: arifwala, bahawalpur,
bannu, battagram, chunian, dera ismail khan, faisalabad, gujranwala, jhang sadr, lahore, multan, muzaffarabad,
peshawar, quetta, rawalpindi, sargodha, sialkot; PK AZ: karachi; PK BD IN: islamabad; PL DE: krakow; PL US: warsaw;
RO: bucharest; RU: barnaul, chelyabinsk, irkutsk, izhevsk, khabarovsk, krasnodar, krasnoyarsk, nizhniy novgorod,
novosibirsk, omsk, perm, rostov on don, saratov, tolyatti, tyumen, ulyanovsk, vladivostok, volgograd, yaroslavl,
yekaterinburg; RU BG TR: kazan; RU MS US: saint petersburg; RU UA: voronezh; RU US: moscow; RW: kigali; SA: buraydah,
dammam, ha il, jeddah, madinah, makkah, sultanah, ta if; SA PH: tabuk; SE: stockholm; SE US: gothenburg; SG:
singapore; SL AG BS US: freetown; SN: dakar, pikine; SN CI GN ML: touba; SO: mogadishu; SY: aleppo, latakia; SY LY:
homs; SY US: damascus; TD: n djamena; TG: lome; TH: bangkok; TJ: dushanbe; TM: ashgabat; TN ID: tunis; TR: ankara,
antalya, bursa, cankaya, erzurum, esenyurt, eskisehir, gaziantep, istanbul, izmir, kayseri, konya, kucukcekmece; TR
CY: malatya; TR YE: adana; TZ: arusha, dar es salaam, dodoma, zanzibar; TZ MW: mwanza; UA: dnipro, kharkiv, kryvyy
rih, kyiv, lviv, zaporizhzhya; UA US: odesa; UG: kampala; US: austin, charlotte, chicago, columbus, denver, detroit,
fort worth, indianapolis, jacksonville, manhattan, memphis, nashville, new south memphis, new york city, oklahoma
city, queens, seattle, the bronx; US AR CO ES MX: el paso; US AU CA: dallas; US AU CA NZ: brooklyn; US AU GB:
portland; US AW GB: washington; US BZ: louisville; US CA GB: houston; US GB IE PH: boston; US HN VE: las vegas; US MU:
phoenix; UY PE US: montevideo; UZ: andijon, namangan, tashkent; VE: barquisimeto, ciudad guayana, maracaibo, maturin;
VE EC: caracas; VN: bien hoa, can tho, da nang, haiphong, hanoi, ho chi minh city, thanh hoa, vinh; YE: aden, al
hudaydah, sanaa, taiz; ZA: benoni, cape town, evaton, gqeberha, johannesburg, pietermaritzburg, pretoria, soshanguve,
soweto; ZA FR: durban; ZM: kitwe, lusaka; ZM CI: ndola; ZW: bulawayo, harare
"""
"""By the codes of the countries that have a place of the name; names in more than five countries are left out."""


@lru_cache(maxsize=1)
def _countries_of_cities() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for group in " ".join(_CITIES.split()).split("; "):
        codes, _, names = group.partition(": ")
        for name in names.split(", ") if names else ():
            table[name] = frozenset(codes.split())
    return table


def is_elsewhere(city: str, country: str) -> bool:
    """Say whether no place of the name of a large city lies in a country; False if nobody can tell.

    >>> is_elsewhere("Nanjing", "Japan"), is_elsewhere("Nanjing", "China"), is_elsewhere("Paris", "Japan")
    (True, False, False)
    """
    codes = _countries_of_cities().get(city.lower())
    code = country_code(country) if codes else ""
    return bool(codes and code and code not in codes)
