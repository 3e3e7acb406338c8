// swift-format-ignore-file
// Made by Scripts/demo-data of the files in Examples/support: change those.
#if Tool
/// The files of Examples/support.
enum SupportMessages {
  static let train = #"""
text,label
适合三岁以下的小孩用吗,product_question
My kitchen gap is 59.5 cm. Would the dishwasher slide in?,product_question
I made a typo in the street name. Please correct the address on order 77801.,change_address
want to cancel and reorder with the discount code i forgot,cancel_order
"I was promised a refund if it's late, but honestly I'd rather have the bike helmet. When does it arrive?",delivery_status
密码要求有符号，输了又说不能有符号,login_problem
"what's taking so long with the refund, warehouse signed for it already",refund_missing
"the rug is the wrong green. like, hospital green",return_item
it asks me to rate it and then crashes. guess my rating,app_crash
The currency switched to dollars when paying and my bank blocked it,payment_failed
账号被锁了，怎么解,login_problem
why cant i use the brithday voucher on shoes,voucher
i want the shoes before they sell out but the payment page is stuck on loading 😭,payment_failed
生鲜到了都是热的，坏了,damaged_item
Can you extend my voucher? It ran out on Sunday and I was ill.,voucher
"My discount code only took 5 off, it should have been 10.",voucher
书全湿了，都泡烂了,damaged_item
软件太耗电了，手机发烫,app_crash
The total on the receipt isn't what I paid,invoice
手机号少写一位，快递联系不上我，帮我改,change_address
"收货地址 needs to be changed, from Pudong to Xuhui",change_address
Could I swap the blue one for green? Never used.,return_item
昨天按提示改了密码，今天新密码旧密码都登录不上，点忘记密码又收不到邮件，急着看订单，帮帮忙,login_problem
扣了我两次钱，只退了一次,refund_missing
two items returned but only one refunded,refund_missing
快递上门取件没来，我等了一天,return_item
"I'm still missing the refund for the broken plates, you approved it on Monday two weeks ago.",refund_missing
"Please send me a new password, I'm not good with these things. Edith, 81",login_problem
Is the game in German too or only English?,product_question
"Hey, quick one: can I still back out of yesterday's order?",cancel_order
Will the parcel be handed to a neighbour if I'm out?,delivery_status
预售不想等了，cancel 掉,cancel_order
默认地址怎么设置,change_address
"I can't enter my card number, the field says invalid card.",payment_failed
"Hi, could you please send me the invoice for my order 40812? I need it for my tax return.",invoice
"login doesnt work, wrong usrename or password every time",login_problem
"When does a backordered item normally ship? It's been in the ""soon"" state for a month.",delivery_status
"gift card balance shows 0, never used it",voucher
Can I redirect it to a pickup point? Nobody's home in the daytime,change_address
账户显示不存在，我是老会员了,login_problem
付款超时订单没了，我要抢的东西啊啊啊,payment_failed
洗衣机外壳有凹痕，送来就这样,damaged_item
Is the voucher per person or per household?,voucher
发票内容可以写明细吗,invoice
满减和会员价不能一起用吗,voucher
"Gift voucher to the value of 25, code begins with LX9, the site says it's from another country",voucher
下单的时候写三天内发货，现在通知说要等一个月，我等不了，请取消订单,cancel_order
Please take 2 of the 5 lamps out of the order,cancel_order
the courier says the parcel was left with a neighbour but none of my neighbours has it,delivery_status
"New address: 8 Mill Lane, Flat 3, Oxford. Order 90122 hasn't shipped yet.",change_address
微信支付失败，是神马原因？,payment_failed
昵称能改吗，登录名是不是就是昵称,login_problem
别家更便宜，这单不要了，还没发货吧,cancel_order
What's the minimum order for the free shipping coupon,voucher
Payment by invoice was declined. Why am I not allowed to pay later?,payment_failed
收件人电话写错了，麻烦改成新号码,change_address
"It has a big scratch on the front. I paid for a new item, not a used one!",damaged_item
地址库里没有我们新小区怎么办,change_address
does it have gluten,product_question
how do i get a receipt for the thing i bought in may,invoice
"I've had the electric toothbrush for nine days and it no longer works. It doesn't charge, it doesn't turn on, it only blinks. I suppose it is defective, what should I do?",damaged_item
"not delivered, not at the neighbour's, not at the post office. Where did the courier leave my parcel?",delivery_status
每次打开都要重新登录，好麻烦,login_problem
facebook 登录坏了？上周还行,login_problem
I want to send this back!! it's nothing like the picture. Give me a return label,return_item
"When I press pay, my bank approves it, but your shop says payment unsuccessful",payment_failed
"The shipping address is missing the company name, could you please add it?",change_address
能用花呗分期吗，选项怎么没了,payment_failed
The checkout keeps using the default address even though I picked the other one,change_address
I'm writing about the bookcase: back panel snapped in half on the way,damaged_item
app里付款后改不了 address,change_address
"please fix the app, it quits mid order",app_crash
"do you sell the glass lid separately, i don't need the whole pot",product_question
"the amount is wrong, you deducted a return fee though it says free returns",refund_missing
I can't sign in with my Google account any longer.,login_problem
"prodcut is broken after one week, bad quality",damaged_item
"I'm being sent abroad for work, so the parcel should go to my brother now.",change_address
收货地止填的是老家，能改成现在住的地方吗,change_address
the packageing was torn open and some parts are missing,damaged_item
打字打一半聊天窗口没了,app_crash
"Hi, I returned my shoes two weeks ago and still haven't received my refund. When will I get my money?",refund_missing
充电口松的，要歪着插才能充,damaged_item
取消订单以后钱还没有退回来,refund_missing
tapping the voucher tab throws me back to the home screen of my phone,app_crash
Please add our purchase order number PO-7718 to the invoice.,invoice
发票和货是一起寄吗，盒子里没看到,invoice
"取消订单 please, I don't want it anymore and it hasn't shipped",cancel_order
券怎么用啊，找不到入口,voucher
Is this suitable for someone allergic to nickel?,product_question
没收到发货通知，是不是还在备货,delivery_status
Can I cancel part of a bundle,cancel_order
Is the headset compatible with PS5,product_question
plates: 3 of 12 broken,damaged_item
The parcel was damaged when it arrived and two plates are broken.,damaged_item
"hi where's my package pls, been waiting for ages",delivery_status
钱已经扣了，订单还是显示待付款,payment_failed
unsubscribe me from the snack box!!!,cancel_order
return label 打印不出来，能用二维码吗,return_item
"Thank you for the quick reply last time. Unfortunately the package hasn't turned up since, and the tracking number you gave me belongs to someone in another city. Can you look up where mine is?",delivery_status
i forgot my pasword and cant reset it,login_problem
我想取消会员自动续费,cancel_order
你好，请问这件衣服有XL码吗,product_question
"An itemised bill, please, not just ""goods 410.00""",invoice
"Order 43312: glass shelf broken, rest ok, could you just send the shelf",damaged_item
"Discount was shown, then disappeared when I selected pickup",voucher
"The shirt has a hole under the arm, it's obviously not worn by me",damaged_item
the app keeps chrashing since the last update,app_crash
Got my replacement for the broken blender. It's broken too.,damaged_item
系统提示操作不允许，你们后台帮我取消一下,cancel_order
退款到账的币种不对，亏了汇率,refund_missing
台灯不亮，换了灯泡也不行，坏的,damaged_item
钱还没退，工单倒先给我关了,refund_missing
Your courier didn't collect my return today. When will it be picked up?,return_item
会员续费扣款不成功，卡没问题,payment_failed
Referred a friend but didn't receive the bonus points,voucher
do the shoes run small or true to size,product_question
What are the dimensions of the folded chair?,product_question
怎么取消订单？页面上没有取消的按钮,cancel_order
"I can't remember which email I used for my account, how can I sign in?",login_problem
my stuff's been sat in the same warehouse since last week whats the hold up,delivery_status
The 10% for new customers isn't taken off at checkout.,voucher
"The status of my order hasn't changed since Wednesday, it only says shipped. Where is it now?",delivery_status
券只能在app用？网页上输不进去,voucher
退的鞋子你们3号就签收了，系统显示退款成功，我去银行打了流水根本没有这笔钱，能不能把退款凭证发给我看看,refund_missing
"cant pay with card ending 0021, last month it worked",payment_failed
How can I put the company name on the receipt? There's no field for it at checkout.,invoice
I asked you to cancel my order and you shipped it anyway. What now?,cancel_order
return received ✔ checked ✔ money ✘,refund_missing
能把几个订单开在一张发票上吗,invoice
Is returning free from Switzerland?,return_item
app crash 了好几次，刚加的商品都没了,app_crash
碗碎了三个，12个里面,damaged_item
do the boots run small,product_question
寄到学校宿舍，不要寄家里,change_address
"I ordered as a guest, how do I find the invoice",invoice
请问下单后还能更改配送地址吗,change_address
"could you change 收货地址 for my order, I moved last week",change_address
"Expected delivery was between 8 and 12, it's three now and the driver hasn't come. Is my parcel still arriving today?",delivery_status
I don't like the colour of the rug and would like to return it. What's the return address?,return_item
卡里有钱，为什么说余额不足,payment_failed
app界面显示不全，按钮被挡住了,app_crash
"it's ok quality but for 89 euro i expected more, want to give it back",return_item
cancel cancel cancel,cancel_order
Double payment!!! My bank account was charged two times,payment_failed
邀请朋友注册的积分没有到账,voucher
一直提示支付异常，是不是系统有问题,payment_failed
"Is it too late to switch delivery to Friday's location, i.e. my workplace?",change_address
"I want to return my order, the dress doesn't fit. Can I send it back for free?",return_item
手表走一会儿就停，有质量问题,damaged_item
"stuck at ""arrived at local hub"" since tuesday 😩",delivery_status
商品有划痕，明显是用过的,damaged_item
The code is case sensitive? wow. anyway it doesn't work in either,voucher
Hi there! Is it OK to put two returns in one box? Orders 5120 and 5133,return_item
注册不了，说手机号已经被注册,login_problem
is it too late to change where my order is delivered? wrong street number,change_address
能把我们的采购单号写在票上么,invoice
你好，app一打开就闪退，怎么解决,app_crash
"the lamp is brocken, can i get a replacement?",damaged_item
"it says ""code not for this category"" but it's shoes and the mail says shoes",voucher
Tracking tells me the parcel is at the pickup point but the people there can't find it.,delivery_status
Does the phone case fit the iPhone 15 Pro?,app_crash
the app won't let me edit the delivery address after paying,change_address
coupon vanished from my wallet in the app,voucher
一插电就有糊味，安全吗,damaged_item
我这个包裹从广州到深圳走了六天，比走路还慢😅 麻烦查查物流是不是发错方向了,delivery_status
跟旧款配件通用吗,product_question
The buy two get one free offer isn't applied in my cart,voucher
"My card was closed, so I never received the refund. Could you transfer the money to another account?",refund_missing
Add to cart → spinner → nothing. Forever.,app_crash
拍错了，麻烦取消,cancel_order
有没有中文说明书,product_question
刚买完就降价，能给我补张券不,voucher
图片加载不出来，全是灰块,app_crash
Bottle leaked in the package and everything else is wet and ruined.,damaged_item
"transaction failed, please contact merchant. hello merchant",payment_failed
周二更新以后，每次点购物车app就闪退，我手机是旧了点，但更新之前从来没问题，什么时候修复,app_crash
送人的礼物人家已经有了，能不能退给你们,return_item
"My account is locked, can you unlock it please?",login_problem
咖啡机好清洗吗,product_question
"my gift card isnt excepted, it says the balance is zero",voucher
发票台头写错了，可以重开吗,invoice
娃娃少一只胳膊,damaged_item
i was charged twice and only one got returned to me,refund_missing
不合适，想退,return_item
"I reinstalled the app, cleared the cache, restarted the phone. It still crashes.",app_crash
"I keep getting ""cancellation failed, try later"". It is later.",cancel_order
退货要寄到哪里，地址给我一下,return_item
"I cant pay with Paypal, it allways shows an error.",payment_failed
app crashed while i was adding something to the cart,app_crash
今天能送到吗？物流写的是今天预计送达,delivery_status
"Can't find the invoice in my account, only the order is listed.",invoice
"hi team, parcel shows as held at airport - is something missing on my side?",delivery_status
解封一下我的号呗,login_problem
After logging in I see another person's account and orders. Is my account safe?,login_problem
"the sole is coming off after one week, is that covered by warranty?",damaged_item
The parcel got lost and you promised to refund me. I've not received any refund so far.,refund_missing
refund 还没到，订单86387,refund_missing
Which email do the invoices go to? I'd like them sent to accounting@ our domain,invoice
"Trying to open my account for ten minutes now, always ""something went wrong""",login_problem
我垫付的退货邮费6块4，什么时候报销,refund_missing
My Apple ID hides my mail and now I can't reset anything,login_problem
"The bag is smaller than I thought, so I'm returning it. Which courier takes the return parcel?",return_item
"Do you know whether the strike affects my delivery (Lyon, 69003)?",delivery_status
你好，我的退货你们上周就签收了，怎么还没退款？,refund_missing
包装破损，粉撒了一半,damaged_item
"Error 402 at checkout, what's that?",payment_failed
礼品卡余额怎么查,voucher
上次出问题你们补偿了我一张15元优惠券，今天结算的时候提示该券不适用于当前账户，能换一张能用的吗,voucher
Does your invoice show the payment method? My boss wants to see that it was my card.,invoice
学生有折扣吗，怎么领学生券,voucher
The product arrived with a crack in the screen. What should I do?,damaged_item
ETA 多久？显示 in transit 很久了,delivery_status
尺码选错了，取消订单重新下,cancel_order
"need to change address asap, ordered to my parents house by mistake",change_address
stopped working after two days,damaged_item
the delivery date is too late for me so please cancel order 50290,cancel_order
地毯颜色太丑，退掉,return_item
How long does a refund to a credit card take?,refund_missing
"i put my own name, but it should go c/o Fam. Lindner",change_address
"Second attempt, same result: authorisation rejected. Basket is worth 310 pounds.",payment_failed
"Item arrived scratched and dented, very disappointed.",damaged_item
发票金额跟实付不一样,invoice
"Hello, does this keyboard work with a Mac?",product_question
要英文版的 receipt，老板是外国人,invoice
"Download invoice -> ""access denied""",invoice
"Coupon says minimum spend of 40, I have 45 in my basket and it isn't accepted.",voucher
门牌号写反了，是17号不是71号,change_address
"Sent a return by regular post without your label, was that wrong?",return_item
"payment error at checkout, please help, i need to order today",payment_failed
"accessibility: voiceover reads ""button button button"", I'm blind and can't use it since the new version",app_crash
老人不在了，他的那笔订单请停掉,cancel_order
请问开普票还是专票，我是小规模,invoice
"The postcode in my delivery address is wrong, it should be 20095.",change_address
PayPal 一直 error,payment_failed
Please hold back my order. I have to think about it again.,cancel_order
I don't want to wait until June. Please cancel the order.,cancel_order
can't log in,login_problem
"please use the address from my last order, not this one",change_address
do i need to wash the shirt before returning it? tried it on once,return_item
"pull my order, the reviews are awful",cancel_order
"Good morning, my mother was waiting all day yesterday for the dishwasher, nobody came and nobody phoned. When is the new date?",delivery_status
"The blender makes a loud noise and doesn't work any more, I've only used it twice.",damaged_item
I want to pay in instalments but the option disappeared,payment_failed
"menu button does nothing, tried tapping it like 50 times",app_crash
"I have two accounts, can they be merged?",login_problem
收到的像二手的，刷子上有头发,damaged_item
The bank's verification code never arrives so I cannot complete the payment.,payment_failed
hey any coupons or promo codes right now? 😊,voucher
whenever I get a call while shopping your app forgets everything,app_crash
"Hi, does the free gift come automatically or do I have to tick something",voucher
iPad version: buttons overlap and I can't press the basket,app_crash
what is your return policy for opened boxes,return_item
新买的耳机有问题，左边没有声音,damaged_item
does the courier deliver on sunday? my parcel is listed for sunday morning,delivery_status
这个桌子尺寸是多少，页面没写,product_question
颜色选错，关闭订单我重新拍,cancel_order
换电池麻烦吗,product_question
手机发烫，就开了你们一个软件,app_crash
"abort mission, order 8080 🙃",cancel_order
Can't find the button for editing the address,change_address
"I'd like to deliver to another address, just for this order. Where can I change that?",change_address
"Ship to the same street, other side: 22 instead of 21.",change_address
首页白屏，清了缓存也没用,app_crash
notifications in the app don't work since the update,app_crash
"Does the monitor have speakers, it isn't written anywhere",product_question
"my boss needs a proper invoice for expenses, not only the order confirmation",invoice
怎么修改地址？下单之后找不到修改的地方,change_address
产地是哪里,product_question
every time i scroll the reviews it hangs,app_crash
Which of your tents is the quickest to set up? I'm alone with a toddler.,product_question
能不能快点退，等着交房租,refund_missing
小程序打不开,app_crash
"What material is the lining, I get a rash from polyester",product_question
"""This account is already linked to another device"" what now",login_problem
人在国外，回国再退来得及吗,return_item
can i get a reciept for order 20117 please,invoice
请问超过七天还能退换吗,return_item
"register button says the email is already taken, I never registered",login_problem
ORDER 51877 WHERE IS IT,delivery_status
I type the password right. Capital letters right. Still no.,login_problem
说我账单地址不符，明明一样,payment_failed
新人优惠券在哪里领,voucher
半夜收到异地登录提醒，不是我本人操作,login_problem
鞋子挤脚，只在家里试了一下，想换42码,return_item
broken on arrival,damaged_item
"After the trouble with my last order you kindly gave me a 15 euro voucher. At checkout the code is rejected as ""not valid for this account"". Could you send me a code that works?",voucher
"Your app hangs when I scroll through the product list. Android 13, Pixel 6.",app_crash
"Trying to pay for the same basket since yesterday. My bank says the payment was approved, your page says it was declined, and there's no order. Should I try once more or will I be charged again?",payment_failed
公司搬了，以后的订单都送到新地址,change_address
零食盒子别再给我寄了，退订！,cancel_order
"teh refund amount is wrong, i paid 49.90 and only got 39.90 back",refund_missing
"Signed up yesterday, no confirmation mail, not in spam either",login_problem
"App doesn't open any more, I only see a white screen.",app_crash
椅子腿断了，没法坐,damaged_item
"Buy one get one free: only one in the cart, second isn't free",voucher
退款到哪里了，支付宝没看到,refund_missing
What voltage does the rice cooker use? I live in the US.,product_question
After the latest version dark mode is black text on black ground,app_crash
老是自动退出，烦死了,login_problem
有黑色的吗,product_question
行李箱把手掉了,damaged_item
"I can log in but only see ""session invalid""",login_problem
return window closes tomorrow and the site gives me an error when I request the label,return_item
"e-invoice in XML for the city administration, can you do that?",invoice
The kettle stopped working after one day. It's faulty.,damaged_item
有没有优惠码呀😊,voucher
婴儿车轮子晃，不敢用,damaged_item
"Cannot pay for it this month, please cancel 77810 until further notice",cancel_order
蓝色那款窗帘遮光效果怎么样，我上夜班白天要睡觉，还有高度能定做吗,product_question
"please unblock me, user nicolab84",login_problem
衣服有破洞，是次品吧,damaged_item
"Got 19.99 back, paid 91.99. Someone mistyped?",refund_missing
拒收了还用再申请退货吗,return_item
保修要发票，找不到了，能再发一份吗,invoice
快递显示已签收，但是我没有收到包裹，麻烦查一下,delivery_status
please cancel order 70912,refund_missing
"Hi, my order arrived damaged. The glass is broken and the box was crushed.",damaged_item
电饭煲几升的，三口人够用吗,product_question
"expected today between 9 and 11, it is 16:30",delivery_status
promo code not workign,voucher
promo code 用不了，帮我看看,voucher
优惠码分大小写吗？两种都试了不行,voucher
"hiya, bought a hairdryer for my sister, turns out she has the same one haha. never opened. can she return it without my login and how long does she have?",return_item
app not respoding when I tap the menu,app_crash
Yesterday the fridge got here and the door is dented. The men said I should write to you.,damaged_item
your shop keeps saying insufficient funds. there's 900 on there,payment_failed
"parcel soaking wet, books ruined 😢",damaged_item
教师节有优惠吗,voucher
玩具一拿出来就断了，孩子都哭了😢,damaged_item
you refunded the shirt but not the shipping cost,refund_missing
"Dear Sir or Madam, kindly provide the invoice for our purchase in March, with the VAT shown separately.",invoice
"I have the label, when will they come get it?",return_item
when will it come,delivery_status
Is the delivery note also the invoice?,invoice
个人抬头改成单位抬头怎么弄,invoice
只退了一半，另一半呢,refund_missing
"My mother has large letters switched on, and in your app half of the buttons are then outside of the screen. The app also closes by itself when she scrolls. Please fix it.",app_crash
套餐里的一件能单独取消吗,cancel_order
"I'd like to know when my refund will arrive, the return was confirmed by email on Friday",refund_missing
missing money for the return of 2 may,refund_missing
I didn't get the welcome coupon for the newsletter,voucher
The tracking page says my package was delivered this morning but there is no package anywhere.,delivery_status
你好，我需要开发票，抬头是公司名字,refund_missing
"Barcode scan: black picture, permission is granted",app_crash
Do you send a paper invoice with the parcel or only a PDF by email?,invoice
付款成功了但是没有生成订单，钱被扣了,payment_failed
"Hi, my discount code doesn't work at checkout. It says the code is invalid.",voucher
"no tracking number in the mail, only a link that goes nowhere",delivery_status
Your colleague told me the refund was issued on the 1st. My bank has not received any money.,refund_missing
城市选错了，请帮忙修改成杭州,change_address
Got no welcome coupon after signing up for the newsletter,voucher
支付页面报错 E17,payment_failed
SMS code arrives after the page timed out,payment_failed
"Does the watch work with Android, and can I swim with it?",product_question
the checkout total says NaN and I can't continue,payment_failed
How much longer till my order arrives? It's been on its way since last month.,delivery_status
"Good afternoon, we no longer need the chairs and wish to cancel our order.",cancel_order
客服你好，我想把这双鞋换成41码，不想退钱，换就行,return_item
Can you push it along? I need that money for the rent.,refund_missing
退款说是三天到账，现在第八天了,refund_missing
新版本bug太多了，能不能修一下,app_crash
Do you refund to the original payment method? I paid with PayPal and got nothing yet.,refund_missing
水壶用了一天就坏了，质量太差,damaged_item
登不上去,login_problem
都二十天了退款还没收到，到底什么时候退,refund_missing
麻烦帮我崔一下快递，急着用，谢谢🙏,delivery_status
Can I still cancel? I ordered it ten minutes ago.,cancel_order
I can't remember which mail address I used. Can you look it up by phone number?,login_problem
Is this product suitable for children under three?,product_question
My return request was declined but the shoes have never been worn outside. Please check again.,return_item
How long is the return period? I bought the coat five weeks ago and it's too tight.,return_item
"it's the third time this month my stuff is late, today it's the coffee grinder, order 88120",delivery_status
"I ordered before updating my profile. So the old address is printed on it, I guess. Fixable?",change_address
Does it take long until a bank transfer is seen on your side?,payment_failed
"The verification code doesn't arrive, so I can't sign in.",delivery_status
换了手机号，登录不了以前的账户怎么办,login_problem
I returned three things and got money for two,refund_missing
"I refused the parcel at the door, do I need to register that as a return as well?",return_item
门店可以退吗，不想寄,return_item
tracking says they tried to deliver at 3 am. sure.,delivery_status
code for free socks pls 😁,voucher
"password reset goes in circles: link, new password, saved, wrong password, link...",login_problem
"I have to cancel my order because I can't afford it this month, sorry.",cancel_order
"We would like to call off the purchase of 20 chairs, the event doesn't take place.",cancel_order
The reset link says expired. I clicked it within a minute!,login_problem
请核实一下，退货已完成，退款未到,refund_missing
ordered 11 instead of 1 !!! please stop that,cancel_order
can't swipe through the pictures anymore,app_crash
"I threw away the original packaging, can I still return the blender?",product_question
"Hello, I would like to delete my account. How do I do that?",login_problem
换的那个也是坏的，你们发货前不检查吗,damaged_item
邮编写错了要紧吗，应该是200030,change_address
能存两个地址吗，一个家一个公司,change_address
Can an order be cancelled after it's been packed?,cancel_order
提示账号在其他设备登录，不是我,login_problem
麻烦备注：放后门，别按门铃，有宝宝,change_address
"I received the wrong item, a red bag and not the black one. How can I exchange it?",return_item
"could i have a copy of the bill for the washing machine, the insurance asks for it",invoice
I was promised a voucher for writing a review and haven't received it.,voucher
这两款有什么区别，哪个好,product_question
刚下的单能取消吗,cancel_order
"The description says 2 m cable, the picture looks like 1 m. What's right?",product_question
"exchange request 8812 still ""under review"" for a week, I want the 42s!",return_item
先用后付为什么不给我用了,payment_failed
扫码功能黑屏，权限开了,app_crash
第一次付款好像没成功我又下了一单，结果两个订单都成了，请取消后面那个，前面的照常发,cancel_order
保修期是多久,product_question
"hi, are the blue curtains see-through? i work nights and need the bedroom dark. also how long are they, our windows are really high",product_question
我要开公司发票，税号在哪里填,invoice
退货单号填错了怎么改,return_item
鞋子偏大还是偏小,product_question
取消的订单怎么也给我开了票,invoice
"I have a mail from Tom confirming a full refund for the broken vase. Two weeks, nothing.",refund_missing
Does the 电饭煲 come with an English manual?,product_question
order 80441 stil not shiped after a week. whats the delay,delivery_status
我平时穿38码，应该买多大的,product_question
怎么换一张卡支付，原来的卡过期了,payment_failed
"my debit card get's rejected at checkout, do you accept debit cards at all?",payment_failed
夜间模式黑底黑字，谁测试的,app_crash
keeps freezing on the search page,app_crash
Package went back to you because the courier never found us. Please return my money now.,refund_missing
You wrote that half the order is out of stock. Then cancel the other half too.,cancel_order
"It was clearly dropped, the packaging has a hole and the monitor rattles",damaged_item
"invoice for returned goods needs correcting, my accountant wants a credit note",invoice
你好，优惠券用不了，结算的时候显示不可用,voucher
裤子昨天收到的，质量还可以，就是腰太紧了穿不上，吊牌没剪也没洗过，想换大一码，没有大码的话就直接退货,return_item
取消不了订单，提示已在打包，可我刚拍的啊,cancel_order
不锈钢是304的吗,product_question
Apple Pay 支付失败，换 credit card 也不行,payment_failed
我跟同事的地址填反了，她的寄到我家、我的寄到她家，两个订单都还没出库，能帮我们把地址对调一下吗,change_address
The app freezes on the start screen. I already reinstalled it twice.,app_crash
Would you kindly send me the bill for order 18820? I cannot find it in the e-mails.,invoice
Since yesterday the app opens and immediately closes. I need to see my order in there!,app_crash
两张优惠券能不能一起用,product_question
发货了没有啊，一直显示待发货，都第四天了,delivery_status
"I can't log in since the last update, it always says invalid password.",login_problem
我要退货！跟图片完全不一样,return_item
包装拆了但没用过，还支持退货吗,return_item
鞋在你们那，钱也在你们那，我啥也没有,refund_missing
我要加一个新的收货地址，在哪里设置,change_address
I see the old prices until I kill the app and start again,app_crash
I ordered three pairs of jeans to try at home and want to return two of them. The return form only lets me return the whole order. How do I send back just the two?,return_item
"My return was rejected because of ""signs of use"". I took it out of the box, that's it.",return_item
Can I return earphones for hygiene reasons or is that excluded?,return_item
Wrong recipient! It should be addressed to Clara Jung.,change_address
收到的颜色发错了，我要换货,return_item
"Rug has a stain in the middle, looks like someone else had it",damaged_item
"cancellation request for the desk, it was bought for the wrong room size",cancel_order
login pls help,login_problem
改地址改地址，填成前男友家了😂,change_address
保质期到什么时候,product_question
"Somebody changed my password, it wasn't me",login_problem
"I get ""payment session expired"" after ten seconds, who types that fast",payment_failed
"取消 order please, bought wrong model",cancel_order
Cannot sign in with Facebook since last week,login_problem
why does the app crash each time i open the cart?,app_crash
地址写的英文，快递小哥看不懂，帮我换成中文,change_address
"I can't update the app, store says not compatible with your device",app_crash
my card gets declined and it has money on it,payment_failed
"I stayed at home the whole of Thursday for the delivery, then got a message at 9 pm that the driver ""could not find the address"". It's a main road. Please get them to try the delivery again tomorrow.",delivery_status
沙发套可以拆下来洗吗,product_question
I only got a partial refund. Why didn't you refund the full amount?,refund_missing
Is it possible to pay in instalments? The option failed when I tried it.,payment_failed
Where is the warranty slip / receipt? Need it to claim a repair,invoice
这个 backpack 有 15 inch laptop 的位置吗? I mean does my laptop fit,product_question
don't want it don't need it take it back,return_item
Where is it made?,product_question
"Got a text about import fees for order 44012, is this real or a scam? The parcel hasn't come yet.",delivery_status
能机洗吗,product_question
数据线皮破了能看到铜丝,damaged_item
"My gift card was used for the first order that I cancelled, now the balance is gone",voucher
"I'd like to return the curtain, wrong colour for the room",return_item
我隔离了，能送到我妈那里不,change_address
Our accountant has sent your invoice back for the second time: the company name is spelled wrong and the VAT number belongs to somebody else. Could you please correct both and send a new invoice?,invoice
I got a mail that my package is delayed. What is the new delivery date?,delivery_status
退货以后发票要还给你们吗,invoice
"cant log into the app, passwrod is correct, i checked it 3 times",login_problem
更新已后app打不开了,login_problem
忘记用优惠券，想取消了重新下单,cancel_order
你好，我想取消订单，买错颜色了,cancel_order
How long do I have to wait until the invoice turns up in my account? Order delivered already.,invoice
wrong colour selected. can it be cancelled so i can choose again,cancel_order
"My son is allergic to wool. The description of the blanket says ""natural fibres"", could you tell me what exactly it is made of?",product_question
Please update the recipient's name and address: it should go to my mother.,change_address
重装了两次还是打不开,app_crash
快递箱子压坏了，里面的盘子碎了两个,delivery_status
My order has shipped but the address is wrong. Can the courier redirect it?,change_address
can i return somthing ive already opened,return_item
"Hello, your application stops responding when I rotate the phone.",app_crash
"退款 for my returned shoes hasn't arrived yet, how many days does it take?",refund_missing
"Before you ship 11872: the building has two entrances, mine is in Garden St 5a",change_address
The chair is missing a screw and one leg is broken,damaged_item
买重复了，取消其中一个,cancel_order
"Payment declined because of ""security reasons"". Which ones?",payment_failed
how do i use a vocher,voucher
快递员没打电话就放驿站了，驿站说没有我的件,delivery_status
需要形式发票报关用,invoice
丰巢取件码没收到，柜子里是我的东西吗,delivery_status
反馈个问题，加购物车点了没反应,app_crash
the sneakers squeak. i'm not joking. want to send back,return_item
左耳没声音，新买的耳机,damaged_item
wechat pay qr code expired before i could scan,payment_failed
孕妇能用吗这个面霜,product_question
以后都寄新家，旧的作废,change_address
"Hello, I ordered a stroller on the 2nd because the baby is due any day now. The shop said four working days, the courier says next week, and the tracking says nothing at all. When will the parcel really arrive?",delivery_status
"my daughter's at uni, could parcel 6120 go to her dorm",change_address
七天无理由是从哪天开始算的,return_item
支付的时候提示交易失败，卡里明明有钱,payment_failed
"Hi, when I pay with my credit card the window for the bank's code opens and closes right away, so the payment fails. On my husband's phone it's the same. Is there another way to pay?",payment_failed
"Why do I get a reminder to pay, I paid this with PayPal on the 3rd",payment_failed
"I'm 182 cm and 90 kg, which size should I take?",product_question
"The dress is lovely but I look like a curtain in it. Returning it, how does that work?",return_item
蓝牙怎么连，一直闪红灯,product_question
"Sign in with Google gives me an empty new account, where are my orders?",login_problem
So my order was returned to sender without even one attempt to bring it to me. Can you send it again?,delivery_status
"So the shoes are with you, the money is with you, and I have neither.",refund_missing
你好，我地址写错了，能帮我改一下收货地址吗？,cancel_order
You owe me for the missing chair. I was promised a partial refund by Sandra.,refund_missing
没有收到纸质发票，什么时候寄,invoice
付不了款，一直转圈,payment_failed
cvv 输对的呀，老说错误,payment_failed
"Hi, can you tell me when my parcel arrives? Order number 60233, shipped on Monday.",delivery_status
I got a payment reminder for an order that I've already paid,payment_failed
The basket empties itself each time I close the app,app_crash
Somebody in your warehouse mixed up the parcels: I was sent hiking socks and I ordered a frying pan. Please send me a return label for the socks and exchange them for my pan.,return_item
One glass in the set is chipped. Not a big thing but it was a present.,damaged_item
"wanna cancel, found the same thing cheaper",cancel_order
快递放在哪里了，短信说已送达，可是门口没有,delivery_status
pillow came with a rip and feathers everywhere lol,damaged_item
"hi, the shirt has a hole in it",damaged_item
Signing up fails: it says the email address already has an account.,login_problem
It logs me out all the time and I have to sign in again and again.,login_problem
Can you issue the invoice in English? The accounting department can't read German.,invoice
how many points do I need for a free delivery,voucher
这个包是什么材质的,product_question
Package was due on Monday. Now it is Thursday. Where is it and when will it arrive?,delivery_status
Charged twice for one order!! 64.00 and again 64.00,payment_failed
Is it possible to get a monthly statement instead of a bill for each order?,invoice
等快递等得心都凉了，到底发没发货,delivery_status
"My refund is 12 cents short, and yes, I care.",refund_missing
Can you send the invoice again as a PDF? My accountant can't open the link.,invoice
写了邮政信箱，快递说送不了，换成家里的,change_address
"soft toy lost an eye within an hour, my toddler could've swallowed it",damaged_item
默认地址还是旧的，怎么删掉换成新的,change_address
"I'd be grateful for an update on my delivery. The courier promised Friday, but the tracking hasn't moved at all.",delivery_status
Your newsletter promised free shipping. Basket says 4.99.,voucher
"I ordered a wardrobe last night and measured the room only this morning, which was silly of me. It won't fit. Please cancel the order before it leaves the warehouse.",cancel_order
got an invoice for an order that isn't mine,invoice
"The system swapped first line and second line of my address, will the courier manage?",change_address
提示网络异常，我网好好的,app_crash
printed the label but it has someone else's name on it,return_item
昨晚买的衣柜，今天量了房间才发现放不下，还没发货吧？麻烦帮我把订单取消掉，不好意思,cancel_order
My code SPRING20 doesn't work,login_problem
订单完成了，发票怎么还没开出来,invoice
沙发太大了放不下，想退，你们来拉走吗,return_item
帮我 cancel order 2186 谢谢,cancel_order
Why is my parcel going back to your warehouse? The courier never even tried to deliver it!,delivery_status
退货了，之前开的发票怎么处理,invoice
why does the new tent have mould in it,damaged_item
"Can't add a new credit card, it says number already in use",payment_failed
"The table top is damaged, could you send only a new top? The rest is fine.",damaged_item
我买的帐篷周六之前能到吗，周末要去露营,delivery_status
订单22337开票，谢谢,invoice
How do I download the invoice as a PDF?,invoice
"By mistake I ordered five instead of one. Cancel the order or change the quantity, whichever is easier.",cancel_order
已经取消了三天，款还没原路返回,refund_missing
Checkout page in the app flickers like a disco 🕺 and then crashes,app_crash
"优惠券 can't be used in the app, only shows expired",voucher
微信支付点了没反应,payment_failed
"the amount at the payment step is higher than in the basket, so I stopped. Bug?",payment_failed
"Wrong address again, you used the old one although I updated my account in May!",change_address
"I need to correct the postal code, order no 28119, no rush",change_address
退回去走哪个快递都行吗,return_item
"Phone number in my delivery details is wrong, please change it so that the courier can reach me",change_address
my order says shipped but tracking number is not found on the courier's website,delivery_status
快递已经发出来了，还能改派到别的地方吗,change_address
how many people can sleep in the tent honestly,product_question
I tried to log in too many times and now my account is locked for 24 hours,login_problem
报销需要 invoice，麻烦尽快开给我,invoice
Will there be a new model of the grinder this year?,product_question
Do you have this dress in black?,product_question
麻烦给个退款凭证，我拿去问银行,refund_missing
一个号能两个人同时登吗,login_problem
Could you arrange a pickup for a return? The parcel is too heavy for me to carry.,return_item
注册了说送券，没看见,voucher
I was hacked I guess. What should I do with my account?,login_problem
how do i cancle an order that hasn't shipped yet,cancel_order
Does the app still support Android 8? It doesn't start here.,app_crash
能重开一张吗，名字写错了,invoice
电脑上能付手机上付不了,payment_failed
满减没有生效，我已经凑够200了,voucher
"the parcel's on the way but to the wrong door, courier told me only the sender can change it",change_address
Bug: the cart is empty every time I reopen the app.,app_crash
图片一直加载不出来，网络没问题,app_crash
"hey so tracking shows my parcel went past my town twice already lol, could someone tell the courier to actually stop and deliver it",delivery_status
苹果登录隐藏邮箱了，现在找不回密码,login_problem
"clicked on pay by mistke, not confirmed yet, cancel pls",cancel_order
I missed the delivery this morning. When will the courier come back with my package?,delivery_status
Can I buy a voucher and have it printed nicely for grandma?,voucher
打开包装一看是坏的，能补发一个吗,damaged_item
"Started a return last week and changed my mind, I'll keep the watch. Can you cancel the return?",return_item
货到了没有发票,invoice
"how do i track this, got no mail at all",delivery_status
Did you forget the delivery charge? Only the goods were refunded.,refund_missing
cancle my order now please befor it ships,cancel_order
接个电话回来软件就重启了，刚选的都没了,app_crash
Could you please check why the direct debit failed? My account is covered.,payment_failed
"my order is on hold because of the address check, forget it, cancel it",cancel_order
收到就是碎的,damaged_item
Does the lamp work with 110 volts?,product_question
"My coupon has expired, could you give me a new one?",voucher
"the phone case is cracked on one side, cheap stuff",damaged_item
已经是第三个了，每次寄来都是破的,damaged_item
"I can't open the invoice you sent me, the PDF is damaged.",invoice
重置密码的邮件一直收不到,login_problem
app stuck on the logo,app_crash
快递丢件，你们说全额退款，钱呢？,refund_missing
指纹支付一直失败，输密码也不行,payment_failed
"Unit is DOA, no lights at all",damaged_item
积分抵扣支付总失败,payment_failed
captcha won't accept anything. I AM human,login_problem
卸载重装了app还是闪退,app_crash
"Not what I expected at all, material feels like plastic. Sending it back.",return_item
"It says wrong password, but it's saved in my browser, so it can't be wrong.",login_problem
礼品卡加银行卡一起支付总是失败,payment_failed
"Dear support, my refund of 85 euros is still pending. Please let me know when I can expect the money.",refund_missing
"The password reset link doesn't work, it says it has expired.",login_problem
点错了点错了，不是要买，是想收藏,cancel_order
申请退货被拒了，说影响二次销售，我就打开看了一眼,return_item
Do you sell spare parts for this vacuum cleaner?,product_question
Waiting since the 1st. If it's not here tomorrow I don't need it anymore.,delivery_status
forgot the apartment number!! its 4B,change_address
"refund went to store credit, I never agreed to that, I want it on my card",refund_missing
two factor code never arrives on my phone,login_problem
运费没退给我,refund_missing
"For my tax return I need all receipts from 2023, is there a way to get them in one go?",invoice
can u send it to my office instead,change_address
There was a login from another country on my account. How do I change my password?,login_problem
it dosnt work!! doesnt even turn on. brand new,damaged_item
吸尘器声音大不大,product_question
"The delivery man never rang, and now the tracking says delivery attempt failed. When will he try again?",delivery_status
can you recomend a good pair of running shoes for wide feet,product_question
想注销账户，在哪里操作,login_problem
I'm owed 75 for order 66301 since the item was out of stock,refund_missing
Can I get cash for the rest of the voucher? There's 3.20 left on it,voucher
"the driver rang, drove away before i got down the stairs. is he coming back today?",delivery_status
上传照片就闪退，没法评价,app_crash
Will you get more of the blue ones? They are sold out.,product_question
"I ordered the wrong thing a minute ago, can you stop it?",cancel_order
退回去了？为什么没送就退回了，能重新寄吗,delivery_status
Google 账号登录失败，怎么回事,login_problem
I just opened the package and the mug is broken in two.,damaged_item
"tracking says deliverd but i never recieved the parcel, please check with the courier",delivery_status
Does the student discount apply to sale items?,voucher
没货的话剩下的也别发了，全部取消,cancel_order
Refund pls!! I sent EVERYTHING back on the 10th,refund_missing
"Hello, I signed up for the trial of your delivery club in order to get free shipping once. I don't want to pay for a year, so please cancel the membership before it renews.",cancel_order
Could someone chase the carrier for me? They hang up on me. Parcel was handed over to them on the 8th.,delivery_status
再不退我就找12315了,refund_missing
还支持安卓8吗，启动不了,app_crash
Withdrawal from contract: I hereby withdraw from the purchase of the coffee machine delivered on 3 May. Please confirm and send a label.,return_item
where is my parcel?? ordered last monday,return_item
免邮券选了没用,voucher
What is the difference between the two models of this blender?,product_question
are the earphones compatible with android,product_question
chocolates melted into one brick,damaged_item
"hey, bunk bed came today, two boards are cracked and the bag of screws is missing, so the kids sleep on the floor tonight. can you send the broken parts quickly please",damaged_item
发票里少列了一件,invoice
The charge is still there. You said it'd drop off.,refund_missing
你们软件太卡了吧,app_crash
闪退闪退又闪退，还让不让人用了😡,app_crash
app crahses when I open it,damaged_item
用微信登录进去是个新账号，以前的订单都没了,login_problem
退货之后优惠券会退回来吗,voucher
I was refunded in store credit but I want the refund on my credit card please.,refund_missing
Why do I have to log in again each time I open a link of yours?,login_problem
"I don't want to send it back, I only want the broken part replaced",damaged_item
bug：按价格排序是乱的,app_crash
银联卡 declined，客服看一下,payment_failed
换了新手机，登录要旧手机收验证码，可旧手机掉水里了，手机号也换了，请问我的账号怎么才能登录回来,login_problem
"Is it a good idea to buy the 8 GB one for video editing, or should I take 16?",product_question
快递怎么怎么慢，说好三天到，现在一个星期了,delivery_status
"My speaker came 坏的, no sound at all, even after charging",damaged_item
发票怎么申请？在哪里开,invoice
两个床垫取消一个，不是全部,cancel_order
"would like to pick it up in store instead of delivery, order is already paid",change_address
"wrong size orderd, please cancell so i can order again",cancel_order
我要报销，需要发票，尽快,invoice
"whats goin on with my hedphones, the date keeps changing, first 10th then 14th now 19th",delivery_status
can it be used outside in winter,product_question
has my refound been sent? it was supposed to go back to my paypal,refund_missing
"plants arrived dead, all brown and dry",damaged_item
We sent grandma's present to ourselves by mistake. Can it be rerouted?,change_address
"the refund bounced back to you, here's my new iban, who do I give it to?",refund_missing
I unpacked the mirror and it's got a crack in the corner. Order 71820.,damaged_item
How long is the warranty on the blender,product_question
"got the refund in the wrong currency, lost 8 dollars on that",refund_missing
能不能告诉我大概哪天到货，我好请假在家等,delivery_status
"wrong size in the basket, cancel and I order again",cancel_order
How do I connect the speaker to my phone?,product_question
"Two vouchers of 20, basket 38. Will the rest be kept?",voucher
礼品卡兑换码输不进去,voucher
"pictures don't load in the app, only a grey screen",app_crash
"Apple Pay payment fails each time, with card it works. Is Apple Pay down?",payment_failed
Could you please send me proof that you transferred it? My bank wants a reference number.,refund_missing
"app 闪退 after update, I'm on iOS 17, please fix",app_crash
Any discount if I order 200 pieces?,voucher
need a recipt for reimbursment asap,invoice
Do you send bills by post? I've got no printer.,invoice
"is their a delay? the page says 2-4 working days, it has been seven",delivery_status
只想取消其中一件商品，可以吗,cancel_order
Can I connect the speaker to an old TV without bluetooth?,product_question
门牌号添错了，应该是302，不是203，帮我改一下,change_address
I'd like to withdraw my order before dispatch,cancel_order
"My first payment seemed to fail so I ordered again, and now I've got two confirmed orders for the same printer. Please cancel the second one and leave the first as it is.",cancel_order
Can't pay. Helppp,payment_failed
"Got the coffee machine yesterday, love it. Which beans would you recommend?",product_question
是实木的还是贴皮的,product_question
别人的发票发到我这了，姓彼得罗夫的,invoice
Where do I drop the return off? There's no post office in our village any more.,return_item
不小心下了两次单，麻烦取消一个,payment_failed
"Address validation says my street doesn't exist. It does, I'm standing in it.",change_address
充电充不进去，是不是坏的,damaged_item
点按钮没反应，是系统bug吗,app_crash
"I'd like to send back the coffee machine, it is simply too big for our kitchen. How can I return it?",return_item
"App shows refund completed, bank shows nothing. Where's the money?",refund_missing
快递已经发了，但是地址错了，能不能转到新地址,change_address
"Nobody answers on the refund. It's 640 euros, not peanuts!",voucher
wheres my stuf,delivery_status
换货没货了说退款，然后就没有然后了,refund_missing
鞋底一周就开胶，什么质量,damaged_item
Any idea when my shipment gets here? Tracking number ends in 8841.,delivery_status
The trousers are too long. Could I exchange them for a shorter pair?,return_item
注册成功没收到确认邮件,login_problem
"The website doesn't load on my phone, just a blank page",app_crash
"Package went to the wrong city, then came back, and now it's going to the wrong city again lol",delivery_status
how many days do i have left to return 61209,return_item
How do I change the email I sign in with? The old one doesn't exist any more.,login_problem
"how do i change the card for my payment, the old one is expired",payment_failed
为什么我的快递被退回了，根本没人联系过我,delivery_status
I was charged twice for the same order. Please check the payment.,payment_failed
"The date on my invoice is wrong, it has to be this year",invoice
"Hi, is the paint safe for a baby's room?",product_question
"Hey, tiny reminder about my refund for the lamp 🙂",refund_missing
is it ok for hard flors and carpets?,product_question
"wrong size, want to exchagne M for L please",return_item
"got a dunning letter, the invoice never reached me",invoice
"hey how thick is the yoga mat, 4 or 6 mm",product_question
支持110V吗，要带去美国,product_question
验证码是六位，框只能填五位,login_problem
礼品卡余额变成0了，没用过,voucher
换了新卡，怎么更新扣款的卡,payment_failed
我已经付款了，为什么还提示未支付,payment_failed
"Before I order the dishwasher: is the hose long enough to reach a tap two metres away, or do I need an extension? The product page doesn't mention it.",product_question
I get someone else's name after logging in!,login_problem
手滑点了付款，能取消不,cancel_order
电子发票没收到，邮箱是对的,invoice
微信零钱没看到退回的钱呀,refund_missing
"Can the pan go in the oven? If so, up to what temperature?",product_question
我上个月退的货，refund 一直没收到,refund_missing
didnt get the confirmaton email for my new account,login_problem
"says delivered and signed by ""Mike"". There's no Mike here.",delivery_status
洗了一次就掉色缩水,damaged_item
Is the pan suitable for induction?,product_question
快递单号填错了吧，查出来是别人的包裹,delivery_status
"Bought two sizes to try, keeping M, L goes back to you",return_item
结算页面一闪一闪然后就崩了,app_crash
"wrong zip code in my order, it's 10115",change_address
"I got a coupon for my birthday and the letter got lost, can you send it again?",voucher
Is it real wood or just a wood look?,product_question
"hey can you swap the shipping address and the billing address on my order, i filled them in the wrong way round and my boss is going to get a box of gummy bears",change_address
"Cancelled it in the app but it still says processing, is it cancelled or not?",cancel_order
Not dispatched after 10 days so I bought one in town. Please cancel mine.,cancel_order
"Confirmation code took 40 minutes, was invalid by then",login_problem
The toy arrived broken and my son is very sad. Can you send us a new one?,damaged_item
不要了不要了，帮我取消订单！,cancel_order
数量拍多了，取消订单还是能改数量？,cancel_order
"I changed my mind about the sofa, could you cancel the order?",cancel_order
同一个订单被扣了两次钱，请核实,payment_failed
想用app写评价传照片，传到第三张就卡住白屏，打的字全没了，试了四次都这样,app_crash
含坚果吗，我过敏,product_question
"I got an email about a login from a city I've never been to. Nothing seems to be ordered so far, but I can't change the password because the site does not accept my current one.",login_problem
pdf打开是空白的,invoice
"changed my mind about the blender, still sealed",return_item
You keep delivering to my previous home though I changed it in the app twice,change_address
I need an invoice for order 61120,invoice
这个锅电磁卢能用吗,product_question
Can't log in with Face ID any more and I forgot my password 😩,login_problem
I'm getting an error message in the app: server not available. My internet is fine.,app_crash
"The chat in the app disappears while I type, so I'm writing an email",app_crash
"The app says 运输中 for a week, is my package ever going to arrive?",delivery_status
说好评价送红包，没有收到,voucher
Is there a manual for the camera in English?,product_question
"want to 退货, bought the wrong size, 怎么操作?",return_item
"The app drains my battery and makes my phone hot, even in the background.",app_crash
极速退款怎么这么慢,refund_missing
what thread count is the sheet,product_question
一横屏就死机,app_crash
The page keeps loading forever and then the app shuts down,app_crash
三个订单能合开一张吗,invoice
I got two of them. Charged once. Should I send one back?,return_item
"Different delivery place please: Werkstr. 40, gate 2, attn. Mr Osei",change_address
酒瓶碎了，整箱都红了,damaged_item
We will be at our holiday home for the whole of August. Is it possible to change the address for the monthly box during this time and then change it back?,change_address
My default address is still the old one. How do I remove it and set the new address?,change_address
"the language switched to Italian by itself, and I can't find the setting",app_crash
no access to my account anymore since i changed my surname,login_problem
"For the record: returned two lamps, got the refund for one. The second one is 35 euros and your warehouse signed for both. When will I get the rest of my money?",refund_missing
I'm doing my taxes and realise that I never saved any receipts from your shop. Is there a page where I can download all the invoices of last year at once?,invoice
where did the money go 😤,refund_missing
昨天刚原价买了鞋，今天就发短信说有七五折优惠码，能不能给我补上折扣或者送张券,voucher
我搬家了，怎么更新地址,change_address
我要退款进度,refund_missing
Can you deliver my parcel to a different address? I'm not at home this week.,change_address
请问退款几天能道银行卡,refund_missing
破花瓶那单说全额退我，两周了没影,refund_missing
送朋友的东西她不要，可以无理由退货吗,return_item
申请了取消订单，怎么还显示待发货,cancel_order
Delivered to whom?? Tracking shows a signature I don't know and I have no parcel.,delivery_status
Where is my refund? You got the return on the 3rd.,refund_missing
Seal was open and half of the powder was gone,damaged_item
能不能寄到公司，白天家里没人,change_address
"Black Friday price wasn't applied, I see the normal price in the cart",voucher
I bought a new phone and now your site wants a code from the old one when I log in. The old phone is in a lake. How can I get back into my account?,login_problem
is it normal that tracking shows a weight of 0.1 kg? I ordered a 12 kg rug...,delivery_status
I'm sending back the keyboard because I ordered the wrong layout. Do I put the invoice in the return box?,return_item
我的鞋子卡在上海了吧？一直没有下文,delivery_status
"paid with card, money is gone, but no order confirmation",payment_failed
Could you tell me the exact dimensions of the wardrobe before I order it?,product_question
"where's the log in button on mobile, cant find it",login_problem
Too late to return? I was in hospital for most of the month.,return_item
现在有什么优惠活动吗,voucher
申请开票三天了还没有开,invoice
刚用一次拉链就坏掉了，能换新的吗,damaged_item
I've got a return label for one parcel but two parcels to return,return_item
退货地址发一下,return_item
下周出差，包裹寄给我同事吧,change_address
等退款等了半个月，每次都说再等等,refund_missing
"Could you correct the house number in my shipping address? It should be 24, not 42.",change_address
I paid by bank transfer last week but my order still says awaiting payment.,payment_failed
"Why can't I use my member number for signing in, it used to work",login_problem
does it come with baterries,product_question
羊毛衫可以机洗吗,product_question
我妈不会弄，密码怎么重新设,login_problem
运费为什么没有一起退给我,refund_missing
"Invoice purchase isn't offered to me anymore, only prepay. Why?",payment_failed
促销说包邮，结算还要收8块,voucher
"The app shuts down whenever I tap on ""my orders""",app_crash
login 的时候一直转圈,login_problem
页面加载失败，刷新也没用,app_crash
"my package seems to be stuck at the sorting centre, no tracking update for a week",delivery_status
Refund pending for ages now 🙄 can someone actually send it,refund_missing
密码对的但就事登不进去，急！,login_problem
订单缺货被取消了，钱什么时候退给我,refund_missing
The remote came without battery cover and one button is stuck,damaged_item
买的耳机不太喜欢，没用过，想退了,return_item
"please refund the money you owe me for the missing item, i was promised it last week",refund_missing
"Hello, could you check the status of my refund? I sent the item back and the warehouse received it.",refund_missing
开的是个人发票，想改成企业抬头,invoice
where can i see my points,voucher
背包比想象的小，退货免运费吗,return_item
fix you're app!!! it crashes ten times a day 😡,app_crash
After the update the app closes by itself all the time.,app_crash
"The banner says ""10% off everything with code HELLO"", the code box says the promotion has ended, and the timer on your page still runs for two days. Which one is right?",voucher
"exchange not possible in the app, only return. but i want the same shirt in size S",return_item
发票上的金额不对，跟我付的不一样,invoice
每天发的券门槛500，谁用得起啊,voucher
Stop my monthly coffee subscription,cancel_order
人脸识别过不去，瘦了二十斤🤣,login_problem
朋友送我一张卡，说要激活，咋激活,voucher
"both pairs too wide, do you have narrow? otherwise return",return_item
屋里能飞吗这个无人机,product_question
客服您好，物流信息三天没有变化，能帮忙联系一下快递公司吗,delivery_status
Can I pay with two different cards? A single card doesn't have enough limit.,payment_failed
"Wrong tax rate, books are 7 percent here",invoice
扣了钱但是订单显示未支付,payment_failed
闪退 every time on my huawei,app_crash
客服你好，想问下我母亲那单洗碗机改到哪天送了,delivery_status
上个月的订单还能开发票吗,invoice
你好，我爸退的收音机，款项一直没到他卡上,refund_missing
Notifications don't come even though they're switched on,app_crash
验证码输了一直说错误，登录不进去,login_problem
"frozen goods came warm, i threw them away",damaged_item
换货审核一个礼拜了还没通过,return_item
you've got my old adress on file,change_address
抬头开错了，要公司的,invoice
code 提示 already used，我没用过,voucher
搜索功能用不了，页面空白,app_crash
周一就按备注号转账付款了，今天又来短信说订单未支付要关闭，请查一下收款,payment_failed
"Minimum spend is 50, I have 51.20 in the basket, and still ""minimum not reached""",voucher
"I have to cancel the delivery AND the order, we aren't buying the washing machine",cancel_order
麻烦开一张增值税专用发票，税号我发给你,invoice
锅能进烤箱吗,product_question
Haven't got my money for the tickets you cancelled,refund_missing
"My watch is faulty, it stops every few hours. It's still under warranty.",damaged_item
does the cream contain alcohol,product_question
"Hello, how do I become a member with the 5% discount?",voucher
打开购物车app就闪退,app_crash
The return label won't print. Can I return the parcel with a code on my phone?,return_item
用了券反而更贵，什么鬼,voucher
Can you cancel for me? The app says 'action not allowed',cancel_order
it took the money but there's no order number,payment_failed
"screen of the tablet is broken, it came like that out of the box",damaged_item
你好，我上周下的单到现在物流都没更新，请问快递到哪里了？,delivery_status
"Customs needs a full name, the address only says ""J. P."" Could you add my real name?",change_address
快递准时到了，外包装看着好好的，打开一看沙拉碗碎成三块，照片已经拍了，请补发一个新的,damaged_item
"Trying to pay since this morning, always ""payment could not be processed"" 😠",payment_failed
"Charging port is loose, it has to be held at an angle",damaged_item
When does order 31415 ship? The estimated delivery date has passed already.,delivery_status
Would the desk hold two 32 inch monitors on arms?,product_question
图形验证码看不清，换了十几次都不对,login_problem
Can my wife and I both use the same login?,login_problem
已经在实体店买了，网上这个帮我取消,cancel_order
等太久了不等了，取消吧,cancel_order
点了支付没反应，试了很多次了,payment_failed
显示该手机号已注册，可我从来没注册过,login_problem
Loyalty points for order 44710 are missing,voucher
can i use two codes at once,voucher
app特别卡，点什么都要等半天,app_crash
Can I wash the sweater in the washing machine?,product_question
年底要结账，发票日期能开12月吗,invoice
付完了没有订单号，钱是不是白付了,payment_failed
退宽申请通过了，钱一直没到账，麻烦查一下,refund_missing
do refunds take longer with klarna?? i still get reminders to pay for something i sent back,refund_missing
Your website does not accept my credit card. Do you only take Mastercard?,payment_failed
发票在哪下载,invoice
改地址要加钱吗,change_address
"ordered twice by accident, kill one of them",cancel_order
two of the six chairs wobble and one has no holes for the screws,damaged_item
卡死了，点哪都没反应,app_crash
"wine bottle smashed, everything red",damaged_item
egg boxes look fine outside but 7 eggs are cracked,damaged_item
不想要了，别发货,cancel_order
货退了钱没退，你们想赖账吗😤,refund_missing
Tried to cancel my order in the app but there is no cancel button.,cancel_order
东西不喜欢，想退调，七天无理由可以吧,return_item
It's going to the wrong city!!!,change_address
怎么注销账号,login_problem
"one leg of the table is broken, please send a replacement leg",damaged_item
"would it be possible to divert order 71002 to my mum, I've got covid and can't open the door",change_address
"退款 still not arrived, order 71120, paid with Alipay",refund_missing
"Hi, the kettle leaks from the bottom, brand new.",damaged_item
明明取消了订单，你们怎么还是发货了,cancel_order
Why was my Visa refused? It works everywhere else.,payment_failed
wanna use 优惠券 but no place to put it in,voucher
沙发有破损，缝线都开了,damaged_item
早上下的单，刚发现默认地址还是以前租的房子，我上个月就搬走了，还没发货的话请帮我把收货地址改成新家的，谢谢,change_address
any chance you'll get this dress in petite,product_question
查一下我的包裹到哪了，单号尾号7468,delivery_status
"Hello, I would like the package to be sent to my work address instead of home. Is that possible?",change_address
reinstalled twice and it still doesn't start,app_crash
华为手机装不上，说不兼容,app_crash
我搬家了，想修改一下默认收货地址,change_address
你好，我12号下的单，页面写48小时内发货，今天都18号了物流还是空的，问了两次客服都说在催，到底发没发货，什么时候能送到给个准确时间好吗,delivery_status
新人优惠没给我,voucher
keys E and R don't work on the new keyboard,damaged_item
"sizing chart is a lie, L is a kids size. back it goes",return_item
纸质的给寄吗,invoice
退款金额少了，我付了99只退了89,refund_missing
screen craked right out of the box,damaged_item
"can someone call the driver, he has been 2 stops away for an hour",delivery_status
Login page tells me my account doesn't exist but I've ordered from you for years.,login_problem
Did my refund go to PayPal or to the gift card? I can't see it in either.,refund_missing
"pls pick up the sofa again, it doesn't fit through the door",return_item
"Invoice shows the wrong quantity, we ordered 3 and it lists 4",invoice
扫码登录没反应,login_problem
"new phone, authenticator gone, can't get into my account",login_problem
app 更新不了，一直提示安装失败,app_crash
i transferred the money on monday with the right reference number and today you send me a reminder that the order is unpaid. can you check the payment please,payment_failed
"Hi, I entered the wrong address for my order. Can you change it before it ships?",change_address
货都退回去半个月了，钱呢,refund_missing
过节期间退货期能延长吗,return_item
钱退到哪里去了？支付宝和微信都没有,refund_missing
"the sweather itches, i want to return it for another one",return_item
收到货发现屏幕有裂痕，怎么处理,damaged_item
how come my friend got her money back in 2 days and me nothing after 20,refund_missing
一打开就黑屏,app_crash
I want to exchange the trousers for a 34,return_item
Do you know what courier is bringing my package? I want to call them about the delivery time.,delivery_status
"I forgot to add the flat nubmer to my adress, can you add it please",change_address
都一个星期了还没发货？？,delivery_status
电池能用多久,product_question
how do i find out wether the refund has been sent,refund_missing
音箱怎么连接手机,product_question
Please send me a return label for the headphones. I don't like the sound and want to send them back.,return_item
尺码表不准，L穿着像童装,return_item
发票邮箱填错了，能不能再发到另一个邮箱,invoice
帮忙改 shipping address，今晚就要发了，急,change_address
I never get the email to reset my password. Can you send it again?,login_problem
这款和 pro 版有什么区别,product_question
My cat rejects the scratching post. Cat says return.,return_item
寄错到我爸妈那了，能转寄给我吗,change_address
You gave me a 10 euro sorry-coupon after the last mess. It can't be redeemed.,voucher
新手机登录不了，要旧手机的验证码,login_problem
付钱都付不了，还怎么买东西😠,payment_failed
这个鞋子不合脚，能退货吗？运费谁承担,return_item
积分突然清0了，怎么回事,voucher
海关卡了十天了，需要我补什么材料吗,delivery_status
积分怎么兑换优惠券,voucher
"Hi, at checkout it says CVV invalid. It's the right one, I promise.",payment_failed
我注册的时候邮箱写错了，gmial，怎么改,login_problem
"There's a scratch all over the lid, photos attached",damaged_item
"Returned the boots 3 weeks ago, still no money",refund_missing
帐篷多重，能住几个人,product_question
"the sms code for login comes too late, it's expired each time",login_problem
I placed the same order twice by accident. Could you cancel one of them?,cancel_order
how can i change the shiping adress after placing an order,change_address
Paper receipt was thrown away with the carton. Can I get a new one?,invoice
"I need to change the country in my address, it says Austria and I live in Australia",change_address
转账付的款，三天了订单还没确认,payment_failed
退款单号R20931，麻烦催一下财务,refund_missing
电子票下载提示无权限,invoice
Does the knife need sharpening when it arrives?,product_question
键盘到了，鼠标没到，是一个单子里的,delivery_status
is my account deleted? it tells me there's no such customer,login_problem
WELCOME10 rejected. first order. why,voucher
寄回去的衣服需要原包装吗,return_item
Is the coffee machine easy to clean? And how loud is it?,product_question
订单95319，请问预计几号送达？孩子开学要用,delivery_status
O or 0 in the code? Tried both,voucher
"search in the app doesn't work, it shows an empty page",app_crash
"The card I pay my subscription with has expired, and the payment for May was declined. I'd like to add the new card but the page for payment methods only shows an error.",payment_failed
"I need a VAT invoice for my company, the one I got is private",invoice
invoice for 3 orders on one sheet possible?,invoice
My accountant rejects it because there's no tax number of the seller on it.,invoice
"How loud is the vacuum, in dB?",product_question
"cart total with code is HIGHER than without, how",voucher
"Receipt for the gift without the price, possible?",invoice
plese change the delivery adress for order 50912 to my office,change_address
安卓14上 crash，求修复,app_crash
今天系统崩了吗，大家都付不了,payment_failed
"You've had three weeks to ship it. I'm done, cancel the whole thing.",cancel_order
一直停在logo页面,app_crash
"please cancel my subscription, I don't want another box next month",cancel_order
特价商品能不能退换货,return_item
"invoice pdf is empty, 0 kb",invoice
客服答应给我退款的，等了一周还没到账,refund_missing
I need an invoice with my company name and VAT number.,invoice
I think I've been patient. 35 days. 35!,refund_missing
订单都付款五天了还没发货，什么时候发？,delivery_status
"Kettle arrived, toaster didn't. Same order.",delivery_status
我的账号好像被别人登录了，密码也被改了,login_problem
"two-factor code is always wrong, can't get into my account",login_problem
活动取消了，20把椅子不要了,cancel_order
"when I cancel, how quick is the money back? cancelled 33410 last week and am still waiting",refund_missing
paypall sends me back to the basket,payment_failed
"Hello, I'm trying to pay with my Visa card and get the message ""transaction declined"".",payment_failed
my new watch is 10 minutes late every hour,damaged_item
I've been waiting for my delivery for two weeks now and nobody can tell me where the parcel is. This is ridiculous!,delivery_status
still wating for a refund for the returned jacket. how long does it take??,refund_missing
屏幕裂了，刚拆箱,damaged_item
怎么付款啊，老年人不会弄，点了没用,payment_failed
how can i redeem my points for a coupon,voucher
付款失败怎么回事,payment_failed
Voucher code says already used but I have never used it!,voucher
发票下载不了，打不开PDF,invoice
我的订单点进去就崩,app_crash
结账总是跳回以前的地址,change_address
"recieved a damaged item, photos attached",damaged_item
"invoice address must be changed, not the delivery address",invoice
"the invoice you sent belongs to a Mr. Petrov, order number isn't mine either",invoice
It doesn't switch on. Tried two sockets and a new cable.,damaged_item
"Hello, I ordered a desk lamp last week and the tracking still shows nothing. When will my parcel be delivered?",delivery_status
Can I use two vouchers for one order?,voucher
"cant complete the paymnet, the page just keeps loading",payment_failed
The vase arrived in about forty pieces,damaged_item
Return portal says my order isn't eligible. It's been 9 days. Why?,return_item
能叠加吗两张券,voucher
收到的水果都烂了,damaged_item
"hi, can i have my parcel sent to my neighbour's address instead",change_address
Could you stamp it? Our office in Cairo insists on a stamp.,invoice
"push notifications all night long, turning them off does nothing!",app_crash
想买你们那款折叠自行车上下班用，折起来能放进地铁座位下面吗？我身高一米九骑着合适吗,product_question
My son placed that order without asking. Please void it before it goes out.,cancel_order
消息通知收不到，开关都开着,app_crash
改一下收货地址，谢谢,change_address
收到 broken 的，要求补发,damaged_item
app进不去，要求重新登录，登了又说失效,login_problem
"It wouldn't take my card so I used my wife's, that failed as well",payment_failed
I've moved house. Where do I change this in my profile?,change_address
The payment failed but the money was taken from my account!,payment_failed
Are the shoes wide enough for custom insoles?,product_question
退货标签丢了，能重新发一个 label 吗,return_item
忘了用哪个邮箱注册的，能用手机号查吗,login_problem
孩子拿我手机乱买的无人机，到货了，能退吧,return_item
换货要多久，20号婚礼要穿,return_item
游客下单怎么开票,invoice
"The invoice amount is wrong, it doesn't show my discount.",invoice
"missing screws AND a dented panel, how am I supposed to build this",damaged_item
code already used?! not by me,voucher
杯子能放车载杯架吗,product_question
吊牌剪了但没穿过，可以退不,return_item
Please put the serial number of the laptop on the receipt,invoice
"app wants an update, update wants the app closed, app can't be closed",app_crash
How do you change the display language on the tracker?,product_question
"I've got an email saying the refund is done, dated 1 April. Was that a joke?",refund_missing
"Could you check the status of my backpack please, the link wants a password from me and I ordered as a guest",delivery_status
部分退款什么时候打给我，坏的那个杯子,refund_missing
where do i enter the giftcard,voucher
"headphones are not for me, to heavy. return pls",return_item
How big is the table? The size isn't in the description.,product_question
The filter for sizes doesn't do anything,app_crash
"Website loads for ever in Safari, Chrome is fine",app_crash
How do I delete an old address from my account? It keeps picking my ex's place.,change_address
搅拌机声音很大还冒烟，是坏的吧,damaged_item
积分快过期了，怎么兑换,voucher
包装完好但里面的东西是坏的，打不开机,damaged_item
说我密码错误，不可能错啊,login_problem
How heavy is the tent and how many people does it fit?,product_question
"hi the printer came with a paper jam you can't open, plastic bit snapped inside",damaged_item
This is the second damaged delivery in a row: last month the frame was scratched and today the glass is cracked. Does anybody pack these things with care?,damaged_item
Could you change the billing address on my invoice? It must show our company address.,invoice
"Hi! Invoice for my subscription, months Jan to June. Thank you ever so much",invoice
It won't let me in with the old password and the new one neither,login_problem
can i wash the cover at 60,product_question
Could you tell me roughly when the tent will get here? We leave for the campsite on Saturday.,delivery_status
"Need 发票 for reimbursement, company title already in the profile",invoice
"Hello, is it still possible to change where the parcel goes? I'll be at my sister's.",change_address
My order is going to my old address. Please send it to the new address.,change_address
can you date the invoice in december? project money ends this year,invoice
折叠后多大尺寸,product_question
物流信息跟我的城市对不上，是不是搞混了,delivery_status
"Please cancel my order, I don't need it anymore.",cancel_order
The checkout picked my old address automatically. Can you redirect the parcel to the new one?,change_address
"the bill is in the name of my late husband, I'd need it in mine",invoice
猫不喜欢这个猫爬架😂我想退,return_item
物流信息一只停在上海转运中心，是不是卡住了,delivery_status
Delivery guy sent me a photo of MY parcel in front of SOMEONE ELSE'S house,delivery_status
麻烦把我昨天晚上的订单取消，谢谢,cancel_order
快递员说联系不上我，可我手机一直开着，什么时候再送,delivery_status
"They offered me an upgrade, I said no, now both are in the order. Cancel the bigger one.",cancel_order
海外信用卡能支付吗，试了几次都 declined,payment_failed
收货地址街道是对的，门牌号少打了一个3，应该是33号，app里改不了让我联系客服，麻烦帮忙修改,change_address
"changed my mind sorry, order from 5 mins ago",cancel_order
想换绑手机号，旧号码已经不用了,login_problem
说好的次日达，今天第四天了,delivery_status
退到积分里了，我要的是现金,refund_missing
"refund not recieved, order 60991, its been 12 days",refund_missing
"referral bonus for my friend hasn't shown up, she ordered on the 2nd",voucher
衣服会不会启球掉色,product_question
Locked out. Again. Third time this week.,login_problem
"hi, i think somebody else is in my account, there's an order from Texas",login_problem
扣款两次！！同一单,payment_failed
优惠马输入后提示无效，没有过期啊,voucher
"Just scrap the order, thanks",cancel_order
"I sent the coffee grinder back on 4 March with your own label, you confirmed the return on 9 March, and today is the 30th. Still no refund. Please tell me exactly when the money was sent.",refund_missing
The tax number is missing on the invoice.,invoice
"Please could you tell me what day the washing machine will be delivered, I have to take a day off work.",delivery_status
Parts missing: no power adapter in the package,damaged_item
绑卡失败，说卡号已被使用,payment_failed
会员几级才有免运费,voucher
请把 order 29772 的地址改一下，寄到新家,change_address
Is there a deadline for cancelling? I might have to.,cancel_order
What colours does the backpack come in?,product_question
3 for 2 promotion takes nothing off,voucher
Autocorrect turned my road into something rude. Please fix the address 😅,change_address
仓库签收一周了还不打款，什么意思,refund_missing
生日券没收到今年,voucher
The invoice has the wrong name on it. Can you correct it and send a new invoice?,change_address
付到一半断网了，不知道付成功没有,payment_failed
"App freezes on the login screen, screen goes black, have to restart the phone",app_crash
桌腿断了一条，能补寄一条腿吗,damaged_item
重复扣款的那笔说会退，到现在没退,refund_missing
"I'm thinking of buying the folding bike for my commute. Does it fit under a train seat when it's folded, and is it OK for somebody who is 1.90 m tall?",product_question
how do i add a second address to my account,change_address
付款用了礼品卡加信用卡，开出来的发票只有信用卡那部分金额，公司要求全额，能不能重新开票,invoice
床单是多少支的,product_question
15块的券只减了5块,voucher
"no refund after 20 days, noone cares, no answer to my mails. I'm really disappointed",refund_missing
"ok so your email says the rug will ship in five weeks now, it was five days when i bought it. i'm not waiting that long, cancel my order please",cancel_order
"please don't send order 40881, grandma already bought the same doll",cancel_order
Got my order today but it's defective: the battery doesn't charge at all,damaged_item
"Account disabled for ""unusual activity"". I was only in Spain on holiday.",login_problem
专票多久能寄到,invoice
"App got super lagy, my phone is only one year old",app_crash
是不是服务器挂了？,app_crash
可以分期付款吗？选了分期提示失败,payment_failed
想用两张卡一起付可以吗,payment_failed
"hi its been a while since i ordered the dog bed, dog is sleeping on my jacket. when?",delivery_status
Could you please check the delivery status for me? My tracking link doesn't open.,delivery_status
"my new headphones are deffective, the left side doesn't work",damaged_item
支付宝付款不成功，一直报错,payment_failed
does this fit an iphone 13,product_question
Is there a version without the logo?,product_question
I want my money back now. The return arrived at your warehouse a month ago!!!,refund_missing
Since the update your app closes itself after two seconds,app_crash
"My account has been suspended and I can't log in, although I've done nothing wrong!",login_problem
"ordered to my parents by mistake lol, can it come to me",change_address
my order 40405 to go to Flat 9 not Flat 6,change_address
"I need 40 identical mugs, do you have that many?",product_question
Do I have to pay for return shipping if I just changed my mind?,return_item
改了密码还是用旧的才能进，奇怪,login_problem
财务说这张发票不能报销，税号错了，请重开,invoice
"the app gives me a coupon every day that nobody can use, min. order 500, come on",voucher
领了券找不到,voucher
忘记密码了，怎么找回,login_problem
Where can I enter my promo code in the app?,voucher
收件地址写公司名才能签收，漏写了,change_address
帐篷里面发霉了，新的诶,damaged_item
网银里已成功，店里显示支付中，两天了,payment_failed
Is something wrong with your payment system today? Neither Google Pay nor card works,payment_failed
I have a return label but lost it. Could you mail me a new one? Return for order 70551,return_item
猫能碰这种植物吗,product_question
"need to cancel one of the two mattresses, not both",cancel_order
缺配件，没有电源适配器,damaged_item
"The charger is defective, it gets hot and smels burnt",damaged_item
site is down?,app_crash
"payement declined, why? card works fine in other shops",payment_failed
这个颜色偏蓝还是偏黑,product_question
order says unpaid although i paid already with klarna,payment_failed
"I have two orders, 1101 and 1102, will they come together?",delivery_status
申请了退货，快递什么时候上门取件,return_item
运费险怎么用，我要把锅退回去,return_item
上传图片的时候软件崩溃,app_crash
"Hi, your app crashes every time I open it on my iPhone.",app_crash
"Whoever designed this tent has never been in one. I'm sending it back, give me the paperwork",return_item
收货人名字写错了，可以修改吗,change_address
订单16328还没发，帮我撤了,cancel_order
how else can i pay? amex isn't listed,payment_failed
guest checkout created an account I don't have a password for,login_problem
"Don't ship it please, I don't need it any more.",cancel_order
"Bluetooth speaker crackles at any volume, so I suppose it got damaged",damaged_item
vaucher says invalid but it's valid till june,voucher
tracking number 查不到，显示 no record,delivery_status
Account of my late father: how can I get in to close it?,login_problem
"put the wrong item in the return box!! sent you my own sweater, help",return_item
怎么申请退或？找了半天没找到按钮,return_item
亲，春节还送吗，我这单大概哪天能收到,delivery_status
No longer needed. Order no. 12077.,cancel_order
礼品卡能转给别人用吗,voucher
"I need 发票 with company title for order 40812, where do I apply?",invoice
更新之后进不去了，点开就退,app_crash
hey can u reset my 2fa,login_problem
how to exchange for other size? i see only refund button,return_item
快递摔的吧，里面哗啦哗啦响,damaged_item
忘了账号绑定的邮箱，怎么登录,login_problem
Apple Pay just spins and then says try again,payment_failed
"the tracking page 404s, carrier says they never got anything from you",delivery_status
地址里小区名字写错一个字，不改快递找不到,change_address
试用到期前怎么取消续费,cancel_order
"hello, my gift card had 50 on it, i used 20, and now it says the balance is 0. where did the rest of my gift card go?",voucher
I chose express delivery and five days later the package still isn't here 😡,delivery_status
拆封了还能退吗,return_item
发货之前能拦截吗,cancel_order
the magic link opens in the wrong browser and then i'm not signed in,login_problem
"Found it cheaper elsewhere. Cancel my order please, it hasn't been sent.",cancel_order
"Please issue the bill to my company: Halm & Co, VAT DE 811 202 331",invoice
我爸用我的账号输错太多次密码，现在账号锁了两个人都登不了，能帮忙解锁吗,login_problem
Why can't I cancel my order? It says it's already being prepared but I ordered a minute ago.,cancel_order
"Hello, the sneakers are too wide for me. Can I swap them for size 41, or do I have to return and reorder?",return_item
Ordered it for my daughter's exam on the 17th. Please tell me it gets here.,delivery_status
一直不发货，我要取消订单,cancel_order
"Delivery was rescheduled without asking me, why?",delivery_status
同一天下的两单，一个到了，另一个物流还没更新,delivery_status
老板什么时候发货呀，等得花都谢了,delivery_status
"voucher doesn't work in the app, only on the website??",voucher
能上门取件吗？跑步机太沉了我搬不动,return_item
怎么删掉以前的旧地址,change_address
物流显示 delayed，那新的到货时间是哪天？,delivery_status
Do you have a discount code for students?,voucher
I was told 5 working days. It's day 14.,refund_missing
包裹在海关停了一个多星期了，什么时候能放行送到,delivery_status
花呗付款说商家不支持,payment_failed
please anul my purchase from this morning,cancel_order
"Refund was promised for late delivery, nothing so far. Parcel is here, that part is fine.",refund_missing
"my order arrived without an invoice, can you email it to me?",invoice
is this lamp suitable for outdoors,product_question
when will the grey one be back in stock,product_question
屏幕有五个 dead pixel,damaged_item
能不能换个地址收货，这周我不在家,change_address
领的满100减20的券不见了,voucher
I'd cancel if it isn't going out today,cancel_order
"Hi, my payment keeps failing at checkout. I tried two different credit cards.",payment_failed
"I returned the item and my coupon is gone, can I have it back?",voucher
下单的时候还没改资料，用的老地址，来得及改吗,change_address
I cancelled the order and still got an invoice. Do I have to pay that?,invoice
"my loyality points have dissapeared, i had over 500",voucher
"Yoghurt maker overheats, plastic melted a bit",damaged_item
"Prepaid Mastercard, is it allowed? I get refused",payment_failed
刚才小孩误操作下单了，请马上取消,cancel_order
订单还没发货，帮我取消一下吧,cancel_order
"I would like to cancel the order I made yesterday evening, it's a mistake.",cancel_order
"Hi, I'd like to return the shoes I got yesterday, they are too small. How do I get a return label?",return_item
"Ordered black, got white. Not broken, just not mine. How do I exchange it?",return_item
已经揽收五天了，一步没动,delivery_status
企业账号交接，原来的人离职了，登不进去,login_problem
尺寸量错了，桌子那单作废吧，趁没出库,cancel_order
"I have a gift card with 25 on it, how do I see the balance?",voucher
"I get ""server error 500"" on each page",app_crash
Is the Black Friday discount applied automatically or do I need a code?,voucher
Does the bottle fit in a normal car cup holder?,product_question
"photos don't load, only grey boxes",app_crash
能不能换个颜色，蓝的换成灰的，还没用,return_item
my card was declinded but theres enough money on it,payment_failed
How do I delete my account?,login_problem
Can I combine the discount code with the sale price?,voucher
充电器是送的还是要另买,product_question
开发票,invoice
"Hello, the app on my iPad crashes when I turn the screen.",app_crash
The courier left a card that nobody was home. I was home. All day. Where is the box now?,delivery_status
Why is my refund lower than the price I paid? Did you deduct something for the return?,refund_missing
"It says ""out for delivery"" for three days in a row. How long can one van drive around?",delivery_status
有没有大一点的规格,product_question
any bluetooth on model K3?,product_question
"I said cancel on Monday. Today I get ""your order has shipped"". Seriously?",cancel_order
"Please send me a receit for my last order, I lost the email.",invoice
"hi devs, the app hangs on the loading screen if the phone is in airplane mode and then never recovers, have to kill it. android 14, newest version",app_crash
原包装扔了，还能退么,return_item
"Gift card covers 50, the remaining 12 can't be paid by card, error every time",payment_failed
邀请好友的奖励没到账,voucher
支付宝跳转回来就是空白页,payment_failed
换来的新的还是坏的，服了,damaged_item
Refunded in points. I don't want points.,refund_missing
每次都要短信验证，能不能免密登录,login_problem
礼品卡不够，剩下12块付不了,payment_failed
please add our tax id to the invoice and send it again,invoice
"Just noticed I gave you the wrong zip code. Please fix it, the order hasn't left yet.",change_address
满200减30，我买了210怎么没减,voucher
单号能发我一下吗，短信里没有,delivery_status
The deposit for the cancelled sofa hasn't been returned to me,refund_missing
"Dear team, may I ask whether my order has been packed already? Kind regards, Ivana",delivery_status
Is the jacket waterproof or just water resistant?,product_question
Is it too late to cancel 50023?,cancel_order
can you replace the cracked lid only,damaged_item
Payment error E-17,payment_failed
你好，收到的杯子是碎的，包装也破了,damaged_item
面霜含酒精吗，敏感肌能用吗,product_question
"My order was cancelled automatically because payment wasn't received, yet I did pay on the same evening",payment_failed
我付了加急的钱，结果比普通的还慢,delivery_status
"Hello, I need a return label please, my printer only takes A4",return_item
开直播看两分钟就卡退,app_crash
我想把包裹改寄到我妈家，地址怎么改,change_address
Can't install the app update on my Android phone,app_crash
购物小票丢了，有没有别的购买证明,invoice
Can you tell me which card the refund went to? I can't see it on my statement.,refund_missing
"where is my order, it was supposed to be delivered yesterday",delivery_status
怎么退订每月的咖啡,cancel_order
cancel my membership before it renews next week please,cancel_order
"Sending the chair back, it's uncomfortable. Do I have to take it apart for the return?",return_item
只要补一个玻璃层板就行，其他没坏,damaged_item
预售写的15号发，今天20号了还是待发货,delivery_status
the return form asks for a reason and none of yours fits,return_item
苹果手机更新系统后，你们的app就崩溃了,app_crash
The receipt has the full price although I used a voucher. Finance won't accept that.,invoice
"Can you please stop the shipment, it's still in your warehouse according to tracking",cancel_order
"missing parcel, third one. is somebody stealing them at the depot",delivery_status
"一直显示""运输中""，到底在哪",delivery_status
"Your courier was supposed to fetch the return yesterday, nobody showed",return_item
is it posible to return a used item within 30 days? I only tried it once,return_item
国外手机号收不到 sms code,login_problem
"invocie shows my private name, needs the company's",invoice
退了三件只收到两件的钱,refund_missing
"my delivry is late agian, tracking number doesn't update",delivery_status
Is the cream tested on animals,product_question
袜子不要了，其他照发,cancel_order
"Your invoice charged 19 % tax, but books should have the reduced rate. Please issue a new one.",invoice
会员折扣怎么没有显示,voucher
It's been a month. I'm about to ask the bank for a chargeback.,refund_missing
The discount disappears from the basket as soon as I go to checkout.,voucher
"Since the update on Tuesday the app has crashed every time I tap on the basket. I have an older phone, but before the update there was never a problem. Is a fix coming?",app_crash
order 52445 请帮我取消，不需要了,cancel_order
银行卡支付不了，说超过限额,payment_failed
is there a fee if I cancel my order today,cancel_order
"Your app is eating my battery, 40% in one hour",app_crash
it needs to go to Ireland not Iceland,change_address
楼层写错，是三楼,change_address
看直播看着看着就闪退了,app_crash
"was told to wait, waited, now the ticket is closed and no refund came",refund_missing
我的包果什么时候能送到啊，等了好几天了,delivery_status
"Stop order 88213, it's the wrong model. I want to cancel it before you pack it.",cancel_order
I deleted the mail with the invoice :( can you send it once more,invoice
"The influencer code from the video is dead, got another one?",voucher
"torn packaging, dented tin, expired date. Great.",damaged_item
"The address on my order has the wrong city, please change it to Hannover",change_address
我取消订单的时候说一到三天原路退回，现在都第九天了，每次问都叫我耐心等待，请告诉我退款具体哪天到账,refund_missing
"Parcel got lost, you promised to reimburse me. That was in February.",refund_missing
When will the white sneakers be back in stock?,product_question
财务第二次把发票退回来了，说公司名称少一个字、税号也不对，麻烦按我发的开票信息重新开一张，这个月要报销,invoice
"Do not charge me, I cancelled straight away!",cancel_order
你好，我的帐号登陆不了，一直说密码错误,login_problem
企业客户说好85折，结算是原价,voucher
"WeChat Pay payment failed but the amount was deducted, 怎么办?",payment_failed
"支付失败 again and again, using UnionPay",payment_failed
"crash crash crash, latest ios, iphone 12 mini",app_crash
The app worked fine until yesterday. Now it freezes after a few seconds.,app_crash
Is it possible to extend the return period over Christmas?,return_item
信用卡被拒绝了，怎么才能付款,payment_failed
优惠券显示已使用，但我没用过,voucher
password 改了还是登录不上,login_problem
你们什么时候把89块打给我,refund_missing
"so i cancelled the order, you confirmed, and the money was still taken the next day?? it's been over a week, please refund me already",refund_missing
裤子太长了想换短一点的，可以换吗,return_item
Passkey isn't recognised on my Windows machine,login_problem
下单十分钟，想取消重新买,cancel_order
国家选成了 Austria，应该是 Australia,change_address
退款什么时候到账,refund_missing
"my employer wants a propper invoice with date and number, yours has neither",invoice
手表防水吗，可以洗澡戴吗,product_question
How do I know if it fits through the letterbox or if I need to be at home on the day?,delivery_status
"Need to hand back the rental... I mean, the ""buy and try"" projector. How?",return_item
how do i return something? can't find the return button,return_item
这个月没钱了，订单先取消,cancel_order
优惠券用不了,voucher
电动牙刷用了九天就坏了，充不进电也开不了机，只有灯在闪，应该是次品，怎么处理,damaged_item
订单57931转账过去三天了还是待付款,payment_failed
How long is a gift voucher valid,voucher
Do you carry left-handed scissors?,product_question
You don't accept my debit card? It's a normal Maestro.,payment_failed
"We got divorced, so the wedding rings won't be needed. Please cancel. Not kidding.",cancel_order
限额了怎么办，能分两次付吗,payment_failed
"shipping adress ≠ billing adress, i mixed them up",change_address
忘用券了，取消重拍,cancel_order
卡注销了，退款退不进来，能换个账号打款吗,refund_missing
沙发上有一大块污渍,damaged_item
My credit card payment was rejected. What can I do to pay for my order?,payment_failed
"The app says ""refunded"" but my account doesn't",refund_missing
手机壳适合 iPhone 15 Pro 吗,product_question
"please help me get back into my account, i changed my phone and lost the authenticator",login_problem
系统不让我改地址，你们能帮忙改吗,change_address
请问支持开专票吗，需要提供什么资料,invoice
商家拒绝我的退货申请，说我穿过，我根本没穿,return_item
锅边割手，你们这批要查一查,damaged_item
这个优惠券为什么不能买鞋子,voucher
"Cancelled two days after ordering. Product never came, money never came back.",refund_missing
送货师傅说电梯坏了不送上楼，那冰箱到底哪天送,delivery_status
pay me back please,refund_missing
"no one rings the bell here, they just mark it as attempted. please get them to try again",delivery_status
do i have to pay for shipping it back,return_item
"The bank asks for a code, the code never comes",payment_failed
Where do I enter the tax ID so that it is on the bill?,invoice
说是今天上午送，现在都晚上八点了,delivery_status
Is the sofa cover removable and washable?,product_question
"I typed the wrong house number, should be 17 not 71. Order 55310",change_address
退了两件衣服，只收到一件的退款,refund_missing
我想换或，M码换成L码，没穿过吊牌都在,return_item
都显示到我们这的网点了，怎么还不派送,delivery_status
can i see on a map where my order is,delivery_status
"Yesterday I changed my password as you recommended, and since then neither the old nor the new password works. The reset email never comes. Please help me to log in.",login_problem
box was crushed and the lamp inside is bent,damaged_item
筛选尺码没反应,app_crash
家人去世了，想把他的账号关掉，但是没密码,login_problem
"defective heater, it only blows cold",damaged_item
"Can you give me the tracking number for my order, I only got a confirmation",delivery_status
密码忘了，重置邮件收不到,login_problem
"My phone number on the order is wrong, the driver won't reach me. Correct is ending 884",change_address
"What does ""refurbished grade B"" mean?",product_question
想退其中一件，另外两件留着，怎么寄回去,return_item
"please tell me how to send back an item that i don't need anymore, it's still sealed",return_item
邮编和街道填错了，麻烦更正,change_address
Exchange wasn't possible so you said you'd pay me back. Hasn't happened.,refund_missing
How do I send the jacket back? It's too small.,return_item
孩子乱点下的单，快拦一下,cancel_order
The 20% discount was not applied to my order.,voucher
你好，付款一直失败，换了两张银行卡都不行,payment_failed
凌晨抢的券，付款时候没了,voucher
"keyboard doesn't open in the password field, so I can't sign in on the tablet",login_problem
耗电太厉害，一小时掉40%,app_crash
revoke purchase 61277,cancel_order
取消订单,cancel_order
"face id login stopped working after the update, asks for password which i don't know",login_problem
My order was cancelled because it was out of stock but I haven't been refunded.,refund_missing
少了螺丝，板子还磕了个坑,damaged_item
第二件半价没生效,voucher
订单还没发货，麻烦把地址改成公司地址,change_address
"Since it won't come before my trip, I'd like to cancel.",cancel_order
"could you add ""ring twice, back entrance"" to the delivery notes for 3310",change_address
"The parcel was delivered on time and the box looked perfect, but when I opened it the salad bowl was broken into three pieces. I've attached photos. Could you send me a new one?",damaged_item
"hi, sent the jacket back, tracking shows you got it last thursday. when do i get paid back",refund_missing
can I keep the free gift if I send back the main item,return_item
I bought 6 things and the invoice lists 5,invoice
Klarna rejected me without any reason,payment_failed
"Bought a gift card an hour ago, the email to my friend hasn't arrived",voucher
取消要扣手续费吗,cancel_order
The QR code for the return doesn't scan at the counter,return_item
双十一优惠什么时候开始，有红包吗,voucher
收不到登陆验证码，手机号没问题,login_problem
"Order was cancelled by you, not by me, and yet you still have my money!",refund_missing
下单前想问一下洗碗机的进水管有多长，我家水龙头离得有两米，够不够，要不要另外买延长管,product_question
"I need the receipt for the warranty, where can I get it?",invoice
少了一个配件，装不起来,damaged_item
the zip of the bag broke on the first day,damaged_item
Do you have a discount for teachers,voucher
"buttons fell off, seams open, after one evening",damaged_item
Opened the tin of paint parcel: leaked through everything,damaged_item
手机app白屏，什么都不显示,app_crash
东西退了两件，退款只到了一件的钱，还差我68块，麻烦核对一下尽快补退给我,refund_missing
"The delivery address on my order has the right street but the wrong house number, it says 3 and should be 33. The app tells me to contact support to change it, so here I am.",change_address
查一下 80239,delivery_status
"Hello, order for Mrs. Abel should be stopped. She passed away last week.",cancel_order
"lost the orignal box, will you take it anyway?",return_item
The app freezes when I open my orders and then it closes.,app_crash
"Sorry to bother you, I've just noticed that my order from this morning is going to my old flat in Leeds. I moved in April. Could you change the address to the new one before it's packed?",change_address
我的包裹是不是寄丢了，给个准话,delivery_status
Zip came off the first time I used the jacket,damaged_item
登陆总是失败，提示账户不存在,login_problem
用信用卡付款的时候银行验证窗口一闪就没了，然后提示支付失败，换老公手机也一样，还有别的付款方式吗,payment_failed
"My cancellation was refused, why? It isn't even packed.",cancel_order
每天都收到短信说明天送达，明天复明天,delivery_status
"What's the weight limit of the swing, adults too?",product_question
给奶奶买的，结果地址是我自己的，改一下,change_address
"登录 with my phone number fails, it says account does not exist",login_problem
请帮我开一张增值税专用发票，公司报销用,invoice
是真皮吗,product_question
大衣买大了，想换小一号，换货需要几天,return_item
The tyre is 28 inch but which valve does it have?,product_question
"expired card is saved, how do I put in the new one",payment_failed
Is 77120 shipped yet?,delivery_status
已寄回的鞋子仓库收到了，请尽快退款,refund_missing
"my package is apparently in a depot in Leipzig, i live in Bristol",delivery_status
左手用的剪刀有没有,product_question
订单支付超时了，可是我银行已经扣款,payment_failed
城市选错了！选成苏州了，我在宿州,change_address
why is it called instant refund if it takes ages,refund_missing
no invoice in the box,invoice
"Hi, could you split the invoice in two? One for me, one for my flatmate.",invoice
"My email got a typo when I registered, gmial instead of gmail, so no mails reach me",login_problem
I requested to cancel my order yesterday but it still shows as active. Was it cancelled?,cancel_order
How long do you need for an exchange? I need the bigger one for a wedding on the 20th.,return_item
退货的话要把发票和赠品一起寄回吗,return_item
点我的订单app就自动退出,app_crash
refund says processed 10 days ago but nothing in my account,refund_missing
"快递昨天显示派送中，我在家等到晚上十点也没人来，今天一看变成""客户要求改期""，我什么时候要求了？麻烦让他们今天送过来",delivery_status
"The points expire tomorrow, but I can't redeem them",voucher
pls change country from AT to DE,change_address
Discount isn't shown on the bill,invoice
chat window in your app freezes when i type,app_crash
要不要自己组装,product_question
My kid placed an order on my tablet. Please cancel it immediately!!,cancel_order
"Payment doesn't go through, I tried three times.",payment_failed
how do i change the emial address of my account,login_problem
"Password must have a symbol, then it says symbols aren't allowed",login_problem
"Deliver to 3rd floor please, it says ground floor in the order",change_address
I scratched too hard on the gift card and can't read the last two digits,voucher
Search gives no results whatever I type,app_crash
你好，衣服收到了但是尺码偏小，想退货，怎么操作？,return_item
"Paying with points fails with ""unknown error""",payment_failed
House number missing,change_address
账号被盗了！里面有不是我下的单,login_problem
do you have a phone line for paying? online it keeps failing,payment_failed
I lost access to my email and need to log in. How can I verify my account?,login_problem
You confirmed the return on the 9th. My bank says nothing has come in.,refund_missing
退款金额不对，少了12块,refund_missing
秋千承重多少，大人能坐吗,product_question
显示已退款，可是我的微信没有收到钱,refund_missing
开票信息填错邮箱了，重新发到公司邮箱吧,invoice

"""#
  static let held = #"""
text,label
取件点没开门，包裹会保留几天,delivery_status
收不到app的推送通知，设置里都打开了,app_crash
发票没写数量和单价，财务不收,invoice
"The coupon for new customers is not accepted, although it's my first order.",voucher
Tags are off but not worn. Still ok?,return_item
Has my order shipped yet? I need the backpack before we fly on the 20th.,delivery_status
The gift card went through but the rest of the payment by credit card was declined.,payment_failed
"Cancel the toaster from my order, but send the kettle please",cancel_order
我的快递是不是丢了？物流十天没动静,delivery_status
安卓手机打开软件黑屏,app_crash
I have a new phone number and can't receive the login code any more.,login_problem
Just want to know if vouchers can be combined with the summer sale,voucher
My account was blocked and I don't know why. Please unblock it.,login_problem
"no invoice recieved yet for the order from last week, my accountant is waiting",invoice
显示派送中两天了，快递员也不打电话，到底什么时候送到,delivery_status
The washing machine was delivered with a dent in the door.,damaged_item
能推荐一款适合送妈妈的礼物吗,product_question
"The new version of the app is full of bugs, please fix it",app_crash
换手机号了，原来的号登不了,login_problem
"Hi, I want to cancel my order 30441, I ordered the wrong colour.",cancel_order
I can't open the app on my Samsung. It crashes right away.,app_crash
我妈手机开了大字体，你们软件一半按钮跑到屏幕外面点不到，往下滑还会自动退出，麻烦优化一下,app_crash
package 一直 in transit，能帮我查查现在到哪个城市了吗,delivery_status
The puzzle has 998 pieces. It should be 1000. We're heartbroken.,damaged_item
暖风机只吹冷风,damaged_item
到货时间又推迟了，第三次了,delivery_status
付款的是花呗，退到哪,refund_missing
送给朋友的礼品卡她没收到，能重发吗,voucher
怎么修改登录密码,login_problem
地址填错了，能改吗,change_address
"Your site says delivered, my porch says otherwise",delivery_status
My order hasn't shipped after two weeks. I want to cancel it.,cancel_order
I returned a gift and the refund apparently went to the buyer. Is that correct?,refund_missing
worng address on my order!! can it still be changed?,change_address
can i change delivery to a pickup point? nobody is home to receive it,change_address
钱扣了，你们说没收到,payment_failed
镜子碎了，拍了照片给你们看,damaged_item
"Good evening, my shipment has been held at customs since the 12th. When can I expect delivery?",delivery_status
somone hacked my acount and changed the password!!,login_problem
香水味道不喜欢，开过了,return_item
今年的发票能一次性全部下载吗,invoice
家里已经有了，这单帮我取消掉,cancel_order
"send everthing back weeks ago & got no refund, please hurry up",refund_missing
"I was charged twice and you promised to refund the second charge, but the money has not come back.",refund_missing
"how can i have 2 addresses saved, home and work",change_address
Cancelled my order on Monday. When do I get my money back?,refund_missing
下大雪是不是会晚几天？我在哈尔滨,delivery_status
"Hello, I ordered as a guest and need a copy of the invoice. Can you mail it?",invoice
"Can't check out with two cards, I need to split it",payment_failed
我的退款进度一直是审核中，能不能快一点,refund_missing
How many days does delivery take to Ireland? I placed the order on Tuesday and it hasn't shipped.,delivery_status
"The code from your newsletter is invalid, please send me a working coupon.",voucher
its been 10 days an my order hasn't arrived. tracking is useless,delivery_status
white screen and nothing else,app_crash
"Good morning, I'd like to return a birthday gift without a receipt. Is that possible?",return_item
vegan leather or real leather?,product_question
I'd like to cancel order 10677 and place a new one with the right quantity.,cancel_order
How much does it cost to cancel a custom-made curtain?,cancel_order
"hello, i paid with a gift card and a credit card and the invoice only shows the part from the credit card. my boss wants the full amount on it, can you redo the invoice?",invoice
were do i find my invoice,invoice
My company gets 15% according to the contract. The cart shows list price.,voucher
礼品卡里本来有50，用了20，现在查余额是0，剩下的30去哪了,voucher
银行验证码收不到，没法付,payment_failed
I'd rather have store credit than an exchange if that speeds things up. The coat is boxed and ready to ship.,return_item
Can the subscription box go to our summer house for July and August?,change_address
国际件一般要走几天，我在多伦多,delivery_status
vacuum: hose has a hole,damaged_item
电子发票一直没有受到，麻烦重新发一下,invoice
白色的鞋子什么时候有货,product_question
"Last message from you was ""your order is on its way"". That was the 2nd of March.",delivery_status
what matirial is the bag made of,product_question
那张卡已经注销了，退的钱怎么办,refund_missing
"Hi, I can't log in to my account, it says my password is wrong.",login_problem
下单忘记用优惠券了，可以补差价吗,voucher
my refund shows as pending since the 6th,refund_missing
"Want to exchange the blue backpack for the grey one, haven't used it",return_item
proof of purchase needed asap for a visa thing,invoice
快递说送到驿站了，驿站说没收到这个包裹,delivery_status
"Payment went through according to my bank, your mail says it failed, so who is right",payment_failed
平板上密码框弹不出键盘,login_problem
"We're tax exempt (charity), the invoice has tax on it. What do you need from us?",invoice
"the buttons in the app don't react at all, I tap and nothing happens",app_crash
"I bought shoes for 60 yesterday and this morning the newsletter with the 25% discount code arrives. Would you apply the discount to my order, or is there at least a coupon for next time?",voucher
保修几年,product_question
清关要真名，我写的网名，能改不,change_address
寄来的时候瓶子破了，漏得到处都是,damaged_item
"Checkout says payment failed, please try again. I've tried ten times.",payment_failed
退款怎么退到余额里了，我要退回银行卡,refund_missing
退款失败是什么意思，钱还在你们那吗,refund_missing
Apple Pay 不能用了？昨天还行,payment_failed
My password contains a special character and the login form doesn't accept it.,login_problem
my acount is locked after 3 tries,login_problem
付款页面一直在加载在加载，付不了钱,payment_failed
can i return it in a shop near me instead of posting it back?,return_item
"can u deliver earlier if i pay more? need the shoes by friday, order 90233 is already on the way i think",delivery_status
"Hello again. The first agent said the refund was on its way, the second said it had not been started, the third hung up. I just want my 72.50 back, can anyone help?",refund_missing
丢了发票，能不能补开一张,invoice
How can I cancel a preorder?,cancel_order
Is there any promo at the moment?,voucher
"I wanted to write a review with photos in your app. After the third photo the app freezes, the screen goes white, and everything I typed is gone. That was my fourth try.",app_crash
typo in my street: Birkenwg -> Birkenweg,change_address
Pakage has been in transit for eleven days. Is it lost or just slow?,delivery_status
Can I exchange this jacket for a bigger size? It's unworn and the tags are on.,return_item
发短信催我付款，我早付了呀,payment_failed
"Dead pixels, five of them, right in the centre",damaged_item
买贵了，取消这个订单可以不,cancel_order
The pay button is grey and nothing happens when I press it,payment_failed
在做年度报销，想把去年在你们这买东西的发票全部下载下来，有没有地方可以一次性导出，不想一张一张点,invoice
"Voucher only took off 5, it's a 15 voucher",voucher
发错货了，我要的黑色，来的是白色，给我换,return_item
"Sofa arrived with a stain and a torn seam, what can we do about it?",damaged_item
发货前帮我把区改成浦东,change_address
收件人改成我老婆的名字,change_address
沙发进不了门，得拉回去,return_item
找回账号提交三天没人审核,login_problem
half of the eggs in my order were broken 😞,damaged_item
退货了，用掉的优惠券能还给我吗,voucher
When I upload a picture of the product the whole app dies,app_crash
Any idea why my parcel is travelling through Poland,delivery_status
账号被封了，我什么都没做啊,login_problem
折扣码输入说无效，明明没过期,voucher
How long does the battery last?,product_question
"chekout broken?? basket full, cant pay",payment_failed
改成自提可以吗,change_address
忘记用券了，下完单还能补吗,voucher
"your app is soooo slow, every page takes ages to load",app_crash
麻烦确认一下退款退到哪张卡了，我查不到,refund_missing
the touchscreen doesn't react in the lower half,damaged_item
Can I return items I bought in the sale?,return_item
微信登录不上，提示授权失败,login_problem
do you delivery on saturdays? my box should have come today,delivery_status
"Ordered yesterday at full price, today there's 30% off. Can I get the code for that?",voucher
"cant edit my adress in the app, please change it for me",change_address
"cant open the app on my galaxy s10, it worked yesterday",app_crash
Is assembly included or do I have to build the wardrobe alone?,product_question
"Your page forwards me to my bank, I approve, then I land on an error page.",payment_failed
"Please apply the loyalty discount, I always get it",voucher
配送点选错门店了，想换到北边那家,change_address
评价太差了，我不买了，撤单,cancel_order
"the seller said he can't send it, so cancel from your side",cancel_order
pls cancel evrything i orderd today,cancel_order
Apple Pay refund – where would it show up? Nothing in the wallet,refund_missing
Suspicious login mail from Vietnam at 4 am. That's not me. I can't change the password either because the page times out.,login_problem
上个月买的还能补开发票吗,invoice
Is it possible to get one invoice for several orders?,invoice
水壶底漏水,damaged_item
"it crashes right before the payment step, so I never even see where to put the card",app_crash
我不想要了，可已取消吗，还没发货,cancel_order
会员费能开票吗,invoice
"It was a gift, she already has one. Can she send it back herself without my account?",return_item
order 77312 payment pending for 2 days already,payment_failed
登录后名字是别人的，吓人,login_problem
"Two invoices for the same order, which one counts?",invoice
"forgot to use my coupon, can you cancel the order so that i can order again?",cancel_order
Can you cancel just one item from my order? I only want to keep the shoes.,cancel_order
"Credit note for the returned monitor please, bookkeeping is asking",invoice
"I only want to remove one item, the socks, from my order",cancel_order
"You took the payment for the order that failed. Where is it? The order doesn't exist, the money is gone.",refund_missing
"version 5.2.1 crashes on Android 14, 5.2.0 was fine",app_crash
"there's a hold of 1 euro on my card, what's that for?",payment_failed
PS5 能用这个耳机吗,product_question
no movement no email no parcel,delivery_status
"Received a used item! Hair on the brush, batteries empty.",damaged_item
购物车每次关掉就清空,app_crash
dose this charger work with a samsung phone?,product_question
Can you take the kettle off order 9921 and send the rest?,cancel_order
厨房留了59.5公分，洗碗机放得进去吗,product_question
is the waranty two years or one?,product_question
忘写房间号了，4栋1203,change_address
Is the refund automatic once you've scanned the parcel? Nothing happened after the scan.,refund_missing
滤芯有单卖的吗,product_question
网页打不开，手机电脑都一样,app_crash
"Bank transfer made on Friday, order still waiting for payment. 22817",payment_failed
已经填了退货单号，但是系统显示未寄出,return_item
发票内容能开办公用品吗,invoice
显示器带音箱不,product_question
客服你好，上周申请的退货，约了快递上门取件两次都没人来，东西打包好放门口三天了，退货期限会不会过,return_item
两个账号能合并吗,login_problem
want to retrun shoes order 33012,return_item
"Unfortunately the mirror was cracked when I unpacked it, can you replace it?",damaged_item
The payment page times out before I receive the code from my bank.,payment_failed
You refunded the item but kept the shipping. I think the law says otherwise.,refund_missing
鞋子开胶了，才穿三天,damaged_item
游客身份下的单想删掉，用账号重下,cancel_order
"The coat is beautiful and arrived quickly, no complaints there, but it's two sizes too big on me. I'd like to exchange it for a 36 if you have one, otherwise I'll return it.",return_item
The left earbud is dead on arrival,damaged_item
延保我不要，去掉,cancel_order
I forgot to apply my voucher. Can you take off the discount afterwards?,voucher
取消定单要扣钱吗,cancel_order
"tried 4 cards. all refused. it's not me, it's you",payment_failed
页面一直转圈加载不出,app_crash
"It makes a grinding noise, and smoke. I pulled the plug.",damaged_item
"stuck on the sign-in page, it just reloads",login_problem
"Hello, my father returned a radio by post, he has heard nothing since. When will he be reimbursed?",refund_missing
序列号要写在发票上，公司入固定资产,invoice
巧克力化成一坨了😭,damaged_item
My payment is pending since yesterday and the order isn't confirmed. Did the payment go through?,payment_failed
"I clicked return by accident, I want to keep the watch!",return_item
I've moved to a new flat. How do I update my address in my account?,change_address
how to set another address as default?,change_address
试了四张卡都不行，是你们系统的问题吧,payment_failed
这款耳机降噪效果怎么样,product_question
更新后字小得看不见,app_crash
broken broken broken. third time i order this lamp and third time it's broken,damaged_item
"When I cancel now, is it free?",cancel_order
"We're moving on the 15th, please update my address",change_address
"I returned my order, do I get my voucher back?",voucher
账号被锁定了，请帮我解锁,login_problem
The name on the invoice has a typo: Muller instead of Müller,invoice
"I refused delivery because it was 3 weeks late. So the payment should come back to me, right? It hasn't.",refund_missing
键盘买错型号了，可以退换吗,return_item
"Please correct: quantity on the bill is 3, we got 2 and paid 2",invoice
My order goes to the old flat. Please stop it and send it to the new one!,change_address
退款一直处理中😡,refund_missing
定制窗帘下单后还能反悔吗,cancel_order
"the filter in the app is broken, it crashes when I choose a size",app_crash
花呗付不了款，显示暂不支持,payment_failed
"logged out every five minutes, super annoying",login_problem
麦克风没声音，三台电脑都试了,damaged_item
这个充电器三星手机能用吗,product_question
"need too return 2 of 3 items from order 44810, how does it work",return_item
"Cannot register a new account, the verification code is invalid.",login_problem
where's my refund,refund_missing
衣服小了，怎么退,return_item
开票一直显示审核中,invoice
Are two AA batteries enough?,product_question
"can i send it back from another country, i'm on holiday now",return_item
I'd like to end the trial before it renews on the 1st,cancel_order
my company changed its domain so I can't receive your login codes any longer,login_problem
"I paid but the order shows ""unpaid""",payment_failed
Which size should I order if I normally wear 38?,product_question
"Could I use the blender for hot soup, or will the glass crack?",product_question
is the plant toxic for cats 🐱,product_question
One part of the shelf is missing and another one is broken. Please send replacements.,damaged_item
How long is my gift card valid?,voucher
东西怀了，刚收到就不能用,damaged_item
The app crashes as soon as I upload a photo for my review.,app_crash
"can the sofa be delivered disassembled, i mean does it come in parts?",product_question
I'd like to know the status of refund R-20931.,refund_missing
赠品要一起寄回去吗,return_item
Is the watch waterproof?,product_question
地址少写了单元号，可以帮我加上吗,change_address
银行说没有这笔，你们说已经退了，到底信谁,refund_missing
我一共买了三双鞋试穿，打算留一双退两双，申请退货的时候系统只让整单退，请问怎么只退其中两双,return_item
I forgot my password and the reset mail doesn't come,login_problem
Everything in the box was smashed. Did nobody write fragile on it?,damaged_item
每月订阅的猫粮我想取消，下个月别寄了,cancel_order
镜子边角裂了，有照片,damaged_item
读屏软件只念按钮按钮，盲人用不了,app_crash
"The parcel with the birthday present still hasn't arrived, can you find out where it is?",delivery_status
"I'd like to return part of the order, just the lamp, and keep the rest",return_item
Invoice number 2210-88 appears twice in our system with two different amounts,invoice
is the charger included or do i need to buy it,product_question
"Can't get past the login in the app, on the website it's fine",login_problem
I chose click & collect in the wrong branch. Can you move it to the one in the north?,change_address
Do returns have to be in the original plastic? We tore it,return_item
会员折扣没有自动打,voucher
tracking hasn't moved since the 4th,delivery_status
"We returned one of the four office chairs, so the invoice is no longer right. Please send us a corrected invoice or a credit note for the one that went back.",invoice
儿童床今天到的，两块板子裂了，一包螺丝也没有，孩子今晚只能睡地上，坏的部件能快点补寄吗,damaged_item
Does it need a subscription to work?,product_question
"I hate to be that person, but it was next day delivery and next day was a week ago",delivery_status
Got an invoice for something I never ordered,invoice
What's the return address? The slip got wet and I can't read it.,return_item
缺货的那件说退钱，等到现在,refund_missing
Can this drone fly indoors?,product_question
"We are moving next week, so please change the delivery address of order 66410 to the following one.",change_address
键盘支持 Mac 吗,product_question
Only one of two parcels arrived today. When is the second one being delivered?,delivery_status
优惠券过期了，能再给我一张吗,voucher
"Forgot to enter my discount code, can it be added to order 55012 afterwards?",voucher
Change of address: from now on please deliver everything to 5 Station Road.,change_address
包邮券用不了，还是收了运费,voucher
把快递改到自提点可以吗，家里白天没有人收,change_address
where can i download the receipt,invoice
"how can i cancel, there's no button",cancel_order
主播给的口令失效了，还有别的吗,voucher
"moved last weekend, order from this morning went to the old place 🤦",change_address
The app shows a black screen in dark mode.,app_crash
"google pay dosent work at the checkout, transaction failed again",payment_failed
你们发的什么快递，多久能到广州,delivery_status
My refund was approved last week but the money is not in my bank account yet.,refund_missing
请问我的订单发货了吗，怎么还查不到物流,delivery_status
验证码收不到，支付不了,payment_failed
软件老事卡死，页面没有反应,app_crash
预售要等一个月，太久了，取消吧,cancel_order
Is the parcel insured? Because it seems to have vanished between Madrid and here.,delivery_status
"Drawer rails bent, doesn't close",damaged_item
"Hi, is this jacket available in size XL?",product_question
搜索什么都搜不到，输啥都是空的,app_crash
"The replacement you sent is damaged as well. Same crack, same corner.",damaged_item
小区有两个门，要写北门,change_address
do codes work on gift cards,voucher
支付按钮是灰的,payment_failed
chnage delivery address asap its shipping tonight,change_address
hi i want to cancel the preorder for the game,cancel_order
订单没生成，钱却扣了，到现在没还,refund_missing
一个订单里只退其中一件可以吗,return_item
从昨天开始付了五六次款都失败，银行短信说扣款成功，你们页面显示支付失败，我到底要不要再付一次，会不会重复扣,payment_failed
The gift card I bought for my friend was never sent. Can you send the code again?,voucher
You said the refund takes five days. It's been three weeks and I still have no money back!,refund_missing
"Login with 手机号 doesn't work abroad, +49 isn't in the list",login_problem
旧手机坏了，二次验证怎么解绑,login_problem
"hi, my dad shares my account and entered the wrong password too often, so now we're both locked out. can you unlock it, he wants to look at his order",login_problem
your app used 6 GB of storage??,app_crash

"""#
  static let other = #"""
text
在吗
妈，我晚上不回家吃饭了
what's the capital of Peru
Which party should I vote for?
We produce cardboard boxes and would be happy to send you an offer.
谢谢，没事了
My dentist appointment on the 5th needs to be moved.
Your competitor pays drivers more. Think about it.
"thanks, that's all!"
hi
你是机器人吗
ok
who won the match last night
When do the clocks go back this year?
"Earn 5000 a week from home, no experience needed, write me on Telegram"
tell me a joke
"I'm calling about the flat in Park Street, is it still available?"
The dog ate my homework
asdfgh
no
the cat just walked over the keyboard sorry
好的
晚安
Do you know a good plumber?
Please stop parking your vans in front of our school.
想采访一下你们的创始人，怎么联系
客服小姐姐声音真好听
"Congratulations! You have been selected to win a free cruise, reply YES now."
"Thank you so much, you've been really kind 😊"
讲个笑话听听
Reminder: parents' evening on Wednesday at 7 pm in room 12
How are you today?
昨天球赛谁赢了
我们是做纸箱包装的厂家，想跟贵公司合作
小区停水到几点
How do I cook rice without a rice cooker?
麻烦转告小李，明天九点开会
"My neighbour plays drums at night, what can I do?"
"Hi Tom, are we still on for lunch?"
Just wanted to say that the lady on the phone this morning was lovely.
"I found a wallet near your head office, whom should I give it to?"
老师，明天要带跳绳吗
your advert on the bus is ugly
明天上海会下雨吗
what???
你好
这附近哪里有好吃的火锅
"never mind, solved it"
加微信领红包，日赚上千不是梦
王医生，我的检查报告出来了吗
周末一起去爬山吗
lol
OK thx，不用了
"Hey it's Paul from the gym, is this still your number?"
Buy cheap followers now!!! 100% real
你们公司上市了吗，股票代码多少
Would your company sponsor our football club?
write a poem about autumn
hello?
太6了
翻译一下：有朋自远方来
嗯嗯
I am a journalist and would like to interview your founder about sustainability.
算了，我自己搞定了
祝大家新年快乐🎉
yes please
What time does the train to Oxford leave?
We offer SEO services and can put your website on page one of the search results.
收手机号，高价回收
Merry Christmas to the whole team 🎄
hmm
I'd like to book a table for four on Saturday evening.
啊？
I love you guys
Could you translate this letter for me?
Good night
今天心情不好，想找人聊聊
Do you have any jobs for students in the summer?
请问你们还招人吗，我想应聘仓库管理员
孩子数学不好有什么办法
你觉得我该换工作吗
今天天气怎么样
哈哈哈
is it true that you are being sold to another company
Happy new year!
不好意思发错人了
专业代开代办，欢迎来电咨询
are you a robot
mum can you pick me up from school
Will it rain in Hamburg tomorrow?
The elevator in our building is out of order again.
帮我订两张去北京的高铁票
Can I speak to Dr. Brandt about my blood results?
请问 gym 年卡还能转让吗
怎么做红烧肉
can i do an internship in your design department?
"Dear Sir or Madam, please find attached my CV for the position of warehouse manager."
Help me with my maths homework: 3x + 4 = 19
楼上又在装修，吵死了
Is the museum open on Mondays?
附件是我的简历，请查收
test

"""#
}
#endif
