extension ServicePageScript {
  /// What the page says, in English and in Chinese, and texts to try.
  static let words = #"""
    "use strict";
    /* What the page says, in English and in Chinese. */
    const words = {
      en: {
        other: "中文", themeauto: "Automatic", themelight: "Light", themedark: "Dark", theme: "Colours", model: "Model",
        text: "Text", first: "First text", second: "Second text", begin: "Beginning of the text", answer: "Answer",
        placeholder: "Type or paste a text", placeholder2: "Type or paste the text to compare with",
        placeholderBegin: "Type how the text begins", placeholderRows: "Paste rows of a table or one text a line",
        empty: "The answer appears here while you type.", emptyWriting: "What the model writes appears here.",
        examples: "Examples", why: "Why", unknown: "unknown",
        unknownNote: "No label is likely enough. The likeliest ones:", noneAssigned: "no label",
        noneAssignedNote: "No label is likely enough to be given. The likeliest ones:",
        assigned: "given", whyThis: l => `Why ${l}: what each character says for it or against it`,
        whyOf: ["Why ", ""], speaksFor: "for", speaksAgainst: "against",
        whyLine: (kind, total, base) => `${kind} ${total} of the text, ${base} without its characters`,
        odds: "log-odds", score: "score", probability: p => `probability ${p}`, grade: g => `grade ${g}`,
        gradients: "integrated gradients", occlusion: "by taking each character out", network: "the network",
        ngrams: "without a network", both: "network and n-grams", unread: n => `${n} characters not read`,
        pick: "Choose a label to see why it is likely or not.", pickToken: "Choose a marked part to see why.",
        arrows: "Arrow keys go from character to character.", parts: "Parts in other languages",
        languages: "Languages by part", noTags: "Nothing is marked.",
        names: "Labels to choose from", placeholderNames: "sports, economy, music",
        namesHint: "With commas between. Without any the answer is the vector of the text.", embedding: "vectors of texts",
        vector: n => `a vector of ${n} numbers`, goOn: "Go on", stop: "Stop", length: "Characters",
        temperature: "Temperature", seed: "Seed", of: (n, all) => `the likeliest ${n} of ${all} labels`,
        classification: "classification", several: "classification with several labels", regression: "scores",
        tagging: "tags in the text", matching: "comparison of two texts", language: "language model",
        labels: n => n === 1 ? "1 label" : `${n} labels`, grades: n => `${n} grades`,
        version: v => `version ${v}`, notReady: "not ready", because: p => `: ${p}`,
        exampleangry: "Angry", exampleemoji: "Emoji", examplemixed: "Mixed", examplelong: "Long",
        exampledifferent: "Different", exampletale: "Tale",
        noModels: "No model is ready yet.", locked: "This server wants a key.", key: "Key", unlock: "Use it",
        wrongKey: "The server does not take this key.", unreachable: "The server cannot be reached.",
        noJSON: "The server's answer cannot be read.",
        busy: s => `The server is busy; asking again in ${s} s.`, characters: n => n === "1" ? "1 character" : `${n} characters`,
        manyTitle: "Many texts at once", dropHere: "Drop a file anywhere on this page, choose one, or paste rows.",
        formats: "CSV with commas, semicolons or tabs; a text a line; JSON lines.", choose: "Choose a file",
        readPasted: "Read what is pasted", pasted: "pasted rows", manyLines: n => `These are ${n} lines.`,
        eachLine: "Answer each line on its own", format: "Format", comma: "CSV, commas", semicolon: "CSV, semicolons",
        tab: "CSV, tabs", lines: "a text a line", jsonl: "JSON lines", header: "the first row has names",
        column: "Text", columnFirst: "First text", columnSecond: "Second text", start: "Answer all rows",
        rows: n => n === "1" ? "1 row" : `${n} rows`, nthColumn: n => `column ${n}`, row: "row",
        progress: (done, all) => `${done} of ${all} rows`, rate: n => `${n} rows a second`, left: s => `${s} left`,
        seconds: n => `${n} s`, minutes: n => `${n} min`, done: (n, s) => `${n} answered in ${s}.`,
        stopped: (n, all) => `Stopped: ${n} of ${all} rows have an answer.`,
        failed: (a, b, why) => `Rows ${a} to ${b}: ${why}`, save: "Download", saveSome: "Download what is done so far",
        preview: n => `the first ${n}`, encoding: e => `read as ${e}; the download is UTF-8`,
        unclosed: n => `The quotation mark that opens in row ${n} is never closed, so the table cannot be read.`,
        noObject: n => `Row ${n} is no JSON object with a text in it.`, noRows: "There is no text in it.",
        noTable: "This model answers no tables.", needsNames: "Name at least two labels to choose from.", twoColumns: "This model compares two texts, and there is one column.",
        wrongCount: "the number of answers is not the number of texts", drop: "Let go to read the file",
        program: "How to ask this from a program", copy: "Copy", copied: "Copied", keysTitle: "Keys",
        keyNow: "asks at once", keyClear: "clears the text", keyModel: "chooses a model",
        keyArrows: "go from part to part of a text, once one has the focus", keyEnter: "shows why a label or a part is so",
        keyHelp: "opens this list", local: "Texts go to this server and nowhere else."
      },
      zh: {
        other: "English", themeauto: "自动", themelight: "浅色", themedark: "深色", theme: "颜色", model: "模型",
        text: "文本", first: "第一段文本", second: "第二段文本", begin: "文本的开头", answer: "答案",
        placeholder: "输入或粘贴文本", placeholder2: "输入或粘贴要比较的文本",
        placeholderBegin: "输入文本的开头", placeholderRows: "粘贴表格的若干行，或每行一段文本",
        empty: "一边输入，答案一边显示在这里。", emptyWriting: "模型续写的内容显示在这里。",
        examples: "示例", why: "原因", unknown: "不知道",
        unknownNote: "没有足够可能的标签。最可能的是：", noneAssigned: "没有标签",
        noneAssignedNote: "没有足够可能的标签。最可能的是：",
        assigned: "给出", whyThis: l => `为什么是“${l}”：每个字符支持还是反对`,
        whyOf: ["“", "”的原因"], speaksFor: "支持", speaksAgainst: "反对",
        whyLine: (kind, total, base) => `文本的${kind} ${total}，去掉所有字符后 ${base}`,
        odds: "对数几率", score: "分数", probability: p => `概率 ${p}`, grade: g => `等级 ${g}`,
        gradients: "积分梯度", occlusion: "逐个去掉字符", network: "网络",
        ngrams: "没有用网络", both: "网络与 n-gram", unread: n => `${n} 个字符未读`,
        pick: "点一个标签，看它为什么可能或不可能。", pickToken: "点一个标出的部分，看原因。",
        arrows: "用方向键逐个字符移动。", parts: "其他语言的部分",
        languages: "各部分的语言", noTags: "没有标出任何部分。",
        names: "可选的标签", placeholderNames: "体育，经济，音乐",
        namesHint: "用逗号隔开。不写标签时，答案是文本的向量。", embedding: "文本的向量",
        vector: n => `${n} 个数的向量`, goOn: "续写", stop: "停止", length: "字符数",
        temperature: "温度", seed: "随机种子", of: (n, all) => `${all} 个标签中最可能的 ${n} 个`,
        classification: "分类", several: "多标签分类", regression: "打分",
        tagging: "在文中标注", matching: "比较两段文本", language: "语言模型",
        labels: n => `${n} 个标签`, grades: n => `${n} 个等级`, version: v => `版本 ${v}`, notReady: "未就绪", because: p => `：${p}`,
        exampleangry: "生气", exampleemoji: "表情", examplemixed: "混合", examplelong: "长文",
        exampledifferent: "不同", exampletale: "故事",
        noModels: "还没有就绪的模型。", locked: "此服务器需要密钥。", key: "密钥", unlock: "使用",
        wrongKey: "服务器不接受这个密钥。", unreachable: "无法连接服务器。",
        noJSON: "无法读取服务器的回答。",
        busy: s => `服务器繁忙，${s} 秒后再问。`, characters: n => `${n} 个字符`,
        manyTitle: "一次处理许多文本", dropHere: "把文件拖到页面任意处，或选择文件，或粘贴若干行。",
        formats: "以逗号、分号或制表符分隔的 CSV；每行一段文本；JSON Lines。", choose: "选择文件",
        readPasted: "读取粘贴的内容", pasted: "粘贴的内容", manyLines: n => `这里有 ${n} 行。`,
        eachLine: "逐行分别回答", format: "格式", comma: "CSV，逗号", semicolon: "CSV，分号",
        tab: "CSV，制表符", lines: "每行一段文本", jsonl: "JSON Lines", header: "第一行是列名",
        column: "文本", columnFirst: "第一段文本", columnSecond: "第二段文本", start: "回答所有行",
        rows: n => `${n} 行`, nthColumn: n => `第 ${n} 列`, row: "行",
        progress: (done, all) => `${done} / ${all} 行`, rate: n => `每秒 ${n} 行`, left: s => `还需 ${s}`,
        seconds: n => `${n} 秒`, minutes: n => `${n} 分钟`, done: (n, s) => `已回答 ${n}，用时 ${s}。`,
        stopped: (n, all) => `已停止：${all} 行中有 ${n} 行得到回答。`,
        failed: (a, b, why) => `第 ${a} 至 ${b} 行：${why}`, save: "下载", saveSome: "下载已完成的部分",
        preview: n => `前 ${n}`, encoding: e => `按 ${e} 读取；下载的文件为 UTF-8`,
        unclosed: n => `第 ${n} 行开始的引号没有结束，无法读取此表格。`,
        noObject: n => `第 ${n} 行不是含有文本的 JSON 对象。`, noRows: "里面没有文本。",
        noTable: "此模型不回答表格。", needsNames: "请写出至少两个可选的标签。", twoColumns: "此模型比较两段文本，而这里只有一列。",
        wrongCount: "答案的数目与文本的数目不同", drop: "松开即可读取文件",
        program: "如何在程序中提问", copy: "复制", copied: "已复制", keysTitle: "按键",
        keyNow: "立即提问", keyClear: "清除文本", keyModel: "选择模型",
        keyArrows: "焦点在文本的某部分时，移到下一部分", keyEnter: "显示标签或部分的原因",
        keyHelp: "打开此列表", local: "文本只发送到这台服务器。"
      }
    };
    /* Texts to try. They fit any model: none of them needs a certain task. */
    const examples = {
      texts: [
        ["English", "My parcel was due on Tuesday, and the tracking page has said “in transit” for five days. " +
          "Can you find out where it is?"],
        ["中文", "耳机收到了，左边没有声音，充了一晚上电还是一样，想换一副新的。"],
        ["日本語", "予約の日時を来週の金曜日に変更したいのですが、まだ間に合いますか。"],
        ["angry", "THIS IS THE THIRD TIME!!! Charged twice AGAIN and nobody answers the phone. Give me my money back NOW."],
        ["emoji", "Just unpacked it 📦😍 works on the first try 👍🏽, the whole family 👨‍👩‍👧 is happy 🎉 Thank you!!"],
        ["mixed", "Good morning, could you please send me the invoice of last month again? " +
          "Ich habe die E-Mail leider gelöscht und brauche sie für die Steuer. 麻烦您尽快发给我，非常感谢！"],
        ["long", "I ordered the blue kettle from Bremen on 3 May, order 20417, together with two cups for Anna Weber.\n\n" +
          "The kettle came after nine days. The box was open at one side and the lid had a crack, so that steam gets " +
          "out where the handle is. The cups are fine, and my sister likes them very much.\n\n" +
          "I wrote to you twice since then. The first answer was friendly and asked for a picture, which I sent the " +
          "same evening; after that I heard nothing. On the phone I was told that somebody would call me back on " +
          "Thursday, and nobody did.\n\nPlease send a new lid to the address in Zürich, or tell me how to send " +
          "everything back. I do not need a voucher. Thank you for your help, and kind regards from Lake Zürich."]
      ],
      pairs: [
        ["English", "How do I change my password?", "Where can I set a new password for my account?"],
        ["different", "The train to Lyon leaves at nine.", "This soup needs a little more salt."],
        ["中文", "怎么修改收货地址？", "下单以后还能换送货地址吗？"],
        ["日本語", "営業時間を教えてください。", "何時まで開いていますか。"],
        ["angry", "Nobody answers the phone!!!", "I called five times and could not reach anyone."],
        ["emoji", "Great 👍🏽", "I love it 😍🎉"]
      ],
      beginnings: [
        ["English", "The parcel came on "], ["中文", "今天早上"], ["日本語", "昨日は"], ["tale", "Once upon a time "]
      ]
    };
    """#
}
