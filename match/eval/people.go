package eval

// cultures are where clean names come from; those of strength 1 are cultures
// in which listed names are many.
var cultures = []struct {
	name, strength string
	n              int
	given, family  string
}{
	{"en", "0", 500, "James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Susan Oliver Amelia George Isla Harry Ava", "Smith Johnson Brown Taylor Wilson Davies Evans Walker Wright Thompson Robinson White Hughes Edwards Green Hall Wood Harris"},
	{"eu", "0", 500, "Hans Anna Peter Julia Lukas Marie Pierre Camille Luca Giulia Marco Sofia Jan Eva Lars Ingrid Tomas Petra", "Mueller Schmidt Schneider Fischer Dubois Moreau Laurent Rossi Russo Ferrari Bianchi Novak Svoboda Jansen DeVries Hansen Nielsen Lindberg"},
	{"ko", "1", 250, "Chol-su Yong-ho Min-jun Jong-il Kwang-su Song-min Hyon-u Un-ju Sung-ho Ji-hun Tae-hyon Myong-chol Kum-chol Hye-jin Nam-il", "Kim Ri Pak Choe Jong Kang Jo Yun Jang Rim Han O So Sin Kwon Hwang An Song"},
	{"zh", "1", 250, "Wei Fang Jianguo Xiaoming Lihua Haibo Zhiqiang Yuchen Mingjie Guoqiang Wenbin Xiuying Jun Yan Lei Chao Ping Hongmei", "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin"},
	{"ru", "1", 250, "Aleksandr Sergei Dmitry Andrei Alexey Ivan Mikhail Elena Olga Natalia Tatiana Yulia Vladimir Nikolai Igor Oleg Pavel Roman", "Ivanov Smirnov Kuznetsov Popov Vasiliev Petrov Sokolov Mikhailov Novikov Fedorov Morozov Volkov Alekseev Lebedev Semenov Egorov Pavlov Kozlov"},
	{"ar", "1", 250, "Mohammed Ahmed Ali Hassan Hussein Omar Khalid Ibrahim Yousef Mahmoud Abdullah Mustafa Tariq Samir Nasser Bilal Salim Fadi", "al-Masri al-Shammari al-Otaibi Mansour Haddad Khoury Saleh Nasser al-Harbi al-Ghamdi Suleiman Hamdan Qasim Farouk Aziz al-Rashid Zayed Barakat"},
	{"fa", "1", 250, "Mohammad Reza Ali Hossein Mehdi Amir Hamid Saeed Majid Maryam Zahra Fatemeh Leila Nasrin Parisa Behrouz Farhad Kamran", "Ahmadi Mohammadi Hosseini Karimi Rezaei Moradi Jafari Ghasemi Rahimi Heydari Ebrahimi Sadeghi Amini Zare Rostami Akbari Salehi Mousavi"},
	{"es", "1", 250, "Jose Juan Luis Carlos Jorge Miguel Francisco Jesus Maria Guadalupe Ana Rosa Alejandro Fernando Ricardo Hector Rafael Manuel", "Garcia Martinez Lopez Gonzalez Rodriguez Hernandez Perez Sanchez Ramirez Torres Flores Rivera Gomez Diaz Cruz Morales Reyes Gutierrez"},
}

const (
	firmFirst  = "Alpine Pacific Northern Golden Blue Silver Eastern Royal Sunrise Crescent Atlas Orion Delta Summit Harbor Lotus Dragon Phoenix Jade Caspian Volga Baltic Nile Gulf Tehran Dalian Dubai Istanbul Pyongyang Moscow"
	firmSecond = "Shipping Trading Logistics Energy Petroleum Technology Electronics Chemical Industrial Engineering Investment Construction Marine Aviation Mining Textiles Foods Pharma Machinery Telecom"
	firmForms  = "LLC Ltd Inc. GmbH JSC FZE Co.,\u00a0Ltd. S.A. Corporation"
)
