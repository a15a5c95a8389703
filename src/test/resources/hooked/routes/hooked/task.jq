{parts: [{fields: {title: .title}}]}
